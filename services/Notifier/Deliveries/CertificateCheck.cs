using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Accepts what the platform accepts, and remembers why it did not.</summary>
internal sealed class CertificateCheck
{
    /// <summary>What is wrong with the server's certificate; null when nothing was found.</summary>
    public string? Problem { get; private set; }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = errors == SslPolicyErrors.None ? null : string.Join(", and ", Problems(certificate, chain, errors));
        return errors == SslPolicyErrors.None;
    }

    private static IEnumerable<string> Problems(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            yield return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            yield return $"its certificate is for another name ({certificate?.Subject})";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            foreach (var status in (chain?.ChainStatus ?? []).Select(status => status.StatusInformation).Distinct())
                yield return $"its certificate is not trusted: {status}";
    }
}
