using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Benchmark.Tests.Support;

/// <summary>
/// xUnit as every test project here has it: tests whose <see cref="NeedsAttribute">needs</see> this machine cannot meet
/// are skipped, no asynchronous test runs without a timeout, and every failure says which seed random tests had.
/// </summary>
/// <remarks>
/// Given to every test project by <c>tests/Directory.Build.targets</c>, so that none can forget it. An attribute of the
/// test alone could not skip: contract tests are inherited by classes with different needs.
/// </remarks>
public sealed class TestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    /// <summary>What an asynchronous test has when its attribute names no timeout of its own.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider source, IMessageSink messages)
        : XunitTestFrameworkExecutor(assemblyName, source, messages)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions options) =>
            base.RunTestCases(
                testCases.Select(OrSkipped).Select(Bounded), new SeedInFailures(executionMessageSink), options);

        private IXunitTestCase OrSkipped(IXunitTestCase test) =>
            NeedsAttribute.WhyNotRun(test.TestMethod.TestClass.Class.ToRuntimeType()) is { } reason
                ? new XunitSkippedDataRowTestCase(
                    DiagnosticMessageSink,
                    TestMethodDisplay.ClassAndMethod,
                    TestMethodDisplayOptions.None,
                    test.TestMethod,
                    reason,
                    test.TestMethodArguments)
                : test;

        private static IXunitTestCase Bounded(IXunitTestCase test)
        {
            if (test is XunitTestCase { Timeout: 0 } unbounded && IsAsync(test.TestMethod.Method.ToRuntimeMethod()))
                SetTimeout(unbounded, (int)DefaultTimeout.TotalMilliseconds);
            return test;
        }

        // xUnit 2 stops no test that keeps its thread to itself.
        private static bool IsAsync(MethodInfo test) =>
            typeof(Task).IsAssignableFrom(test.ReturnType) || test.ReturnType == typeof(ValueTask);

        // The setter is for subclasses, of which there would have to be one for each kind of test case.
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Timeout")]
        private static extern void SetTimeout(XunitTestCase test, int milliseconds);
    }

    /// <summary>Adds to what a test wrote, when it fails, the seed that makes random tests do the same again.</summary>
    private sealed class SeedInFailures(IMessageSink next) : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => next.OnMessage(message is ITestFailed failed
            ? new TestFailed(
                failed.Test,
                failed.ExecutionTime,
                $"{failed.Output}{Seed.Variable}={Seed.Value}{Environment.NewLine}",
                failed.ExceptionTypes,
                failed.Messages,
                failed.StackTraces,
                failed.ExceptionParentIndices)
            : message);
    }
}
