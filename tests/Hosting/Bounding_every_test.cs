using System.Reflection;
using Benchmark.Tests.Support;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Benchmark.Hosting.Tests;

/// <summary>
/// The test framework that <c>tests/Directory.Build.targets</c> gives to every test project, this one, too.
/// </summary>
public sealed class Bounding_every_test
{
    private readonly Outcomes _outcomes = new();

    [Fact]
    public void Is_what_runs_the_tests() =>
        GetType().Assembly.GetCustomAttributesData()
            .Single(
                attribute => attribute.AttributeType == typeof(TestFrameworkAttribute)).ConstructorArguments[0].Value
            .Should().Be(typeof(Benchmark.Tests.Support.TestFramework).FullName);

    [Theory]
    [InlineData(nameof(Sample.Asynchronous), 120_000)]
    [InlineData(nameof(Sample.Asynchronous_with_a_timeout_of_its_own), 7_000)]
    [InlineData(nameof(Sample.Synchronous), 0)]
    public async Task Leaves_no_asynchronous_test_without_a_timeout(string test, int milliseconds)
    {
        await RunAsync(test);

        _outcomes.Passed.Should().ContainSingle().Which.TestCase.Should().BeAssignableTo<IXunitTestCase>()
            .Which.Timeout.Should().Be(milliseconds);
    }

    [Fact]
    public async Task Says_the_seed_when_a_test_fails()
    {
        await RunAsync(nameof(Sample.Failing));

        _outcomes.Failed.Should().ContainSingle().Which.Output.Should().Contain($"BENCHMARK_SEED={Seed.Value}");
    }

    private async Task RunAsync(string method)
    {
        var assembly = new TestAssembly(Reflector.Wrap(GetType().Assembly));
        var type = new TestClass(new TestCollection(assembly, null, "samples"), Reflector.Wrap(typeof(Sample)));
        var test = new XunitTestCase(
            _outcomes, TestMethodDisplay.Method, TestMethodDisplayOptions.None,
            new TestMethod(type, Reflector.Wrap(typeof(Sample).GetMethod(method)!)));
        using var framework = new Benchmark.Tests.Support.TestFramework(_outcomes);
        using var executor = framework.GetExecutor(AssemblyName.GetAssemblyName(GetType().Assembly.Location));

        executor.RunTests([test], _outcomes, new NoOptions());

        await _outcomes.Finished;
    }

#pragma warning disable xUnit1000 // Not public, so that it runs only when a test above runs it.
    private sealed class Sample
#pragma warning restore xUnit1000
    {
        [Fact]
        public Task Asynchronous() => Task.CompletedTask;

        [Fact(Timeout = 7_000)]
        public Task Asynchronous_with_a_timeout_of_its_own() => Task.CompletedTask;

        [Fact]
        public void Synchronous()
        {
        }

        [Fact]
        public void Failing() => throw new InvalidOperationException("As it should.");
    }

    private sealed class NoOptions : ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    private sealed class Outcomes : LongLivedMarshalByRefObject, IMessageSink
    {
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<ITestPassed> Passed { get; } = [];

        public List<ITestFailed> Failed { get; } = [];

        public Task Finished => _finished.Task;

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestPassed passed:
                    Passed.Add(passed);
                    break;
                case ITestFailed failed:
                    Failed.Add(failed);
                    break;
                case ITestAssemblyFinished:
                    _finished.SetResult();
                    break;
            }
            return true;
        }
    }
}
