namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>What Snowflake, or the way to it, was seen to do wrong.</summary>
internal enum Fault
{
    /// <summary>The query is answered with 503.</summary>
    Unavailable,

    /// <summary>390112: the session's token is to be renewed with the master token.</summary>
    SessionExpired,

    /// <summary>390111: the session is gone for good.</summary>
    SessionGone,

    /// <summary>333333: the query runs, its result is to be asked for.</summary>
    StillRunning,

    /// <summary>Nothing is answered until the query is aborted.</summary>
    NeverAnswered,

    /// <summary>The abort of a query is not answered either.</summary>
    AbortNeverAnswered,

    /// <summary>The first row of those that come with the answer is missing, though it is counted.</summary>
    InlineRowLost,

    /// <summary>The first value of the first row is another.</summary>
    ValueAltered,

    /// <summary>The connection ends within the chunk.</summary>
    ChunkCut,

    /// <summary>The chunk's gzip stream lacks its end; the HTTP length agrees.</summary>
    ChunkTruncated,

    /// <summary>The chunk comes a little at a time, and whole.</summary>
    ChunkSlow,

    /// <summary>The chunk comes byte by byte, and its last byte never.</summary>
    ChunkDripping,

    /// <summary>The chunk has fewer rows than it was declared to have.</summary>
    ChunkShort,

    /// <summary>The chunk has no row at all.</summary>
    ChunkEmpty,

    /// <summary>The chunk's storage answers 403, as it does when its URL has expired.</summary>
    ChunkForbidden,

    /// <summary>A value of the chunk is cut to a few of its characters.</summary>
    ChunkDamaged,

    /// <summary>Nothing comes of the chunk, and the connection stays open.</summary>
    ChunkNeverAnswered,

    /// <summary>The log-in is answered with 503.</summary>
    LogInUnavailable,

    /// <summary>The log-in is not answered.</summary>
    LogInNeverAnswered,

    /// <summary>390144: the key that signed the token is not the user's.</summary>
    KeyUnknown,

    /// <summary>The log-out is not answered.</summary>
    LogOutNeverAnswered,
}
