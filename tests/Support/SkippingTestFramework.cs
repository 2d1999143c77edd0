using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Benchmark.Tests.Support;

/// <summary>xUnit, which skips the tests of classes whose <see cref="NeedsAttribute">needs</see> this machine cannot meet.</summary>
/// <remarks>An attribute of the test alone could not: contract tests are inherited by classes with different needs.</remarks>
public sealed class SkippingTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider source, IMessageSink messages)
        : XunitTestFrameworkExecutor(assemblyName, source, messages)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(testCases.Select(OrSkipped), executionMessageSink, executionOptions);

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
    }
}
