using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Requests;

/// <summary>What a person wants to be the next version, as it lies on the volume.</summary>
/// <param name="Manifest">The facts of the version that it becomes.</param>
/// <param name="Data">The data, which is linked and not copied.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="Proof">How to tell that the data, under its new name, is still what the manifest says.</param>
internal sealed record Candidate(Manifest Manifest, string Data, string Profile, DataProof Proof);
