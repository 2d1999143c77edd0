using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Benchmark.Tests.Support;

/// <summary>
/// A certificate authority of its own, known to nobody, and a certificate that it gave to <c>localhost</c>.
/// </summary>
public sealed class Authority : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-authority-");

    public Authority()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        using var authorityKey = RSA.Create(2048);
        var authority = Request("CN=Authority of a test", authorityKey);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, to);

        using var key = RSA.Create(2048);
        var server = Request("CN=localhost", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(root, from, to, [1, 2, 3, 4]);

        File.WriteAllText(Root, root.ExportCertificatePem());
        File.WriteAllText($"{_directory}/server.pem", certificate.ExportCertificatePem());
        File.WriteAllText($"{_directory}/server.key", key.ExportRSAPrivateKeyPem());
    }

    /// <summary>The authority's own certificate, for those who trust it.</summary>
    public string Root => $"{_directory}/root.pem";

    /// <summary>The certificate of <c>localhost</c>, with its key, for a server in this process.</summary>
    public X509Certificate2 Certificate()
    {
        using var pem = X509Certificate2.CreateFromPemFile($"{_directory}/server.pem", $"{_directory}/server.key");
        // SslStream takes no key that exists in memory alone, on some platforms.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A free port for the broker's TLS listener.</summary>
    public int Port { get; } = FreePort.Find();

    /// <summary>The lines of <c>rabbitmq.conf</c> that make a broker speak TLS.</summary>
    public string Configuration => $"""
        listeners.ssl.default = 127.0.0.1:{Port}
        ssl_options.cacertfile = {Root}
        ssl_options.certfile = {_directory}/server.pem
        ssl_options.keyfile = {_directory}/server.key
        ssl_options.verify = verify_none
        """;

    public void Dispose() => _directory.Delete(recursive: true);

    private static CertificateRequest Request(string subject, RSA key) =>
        new(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
