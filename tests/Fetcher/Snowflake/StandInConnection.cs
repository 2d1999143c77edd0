using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Benchmark.Fetcher.Tests.Snowflake;

internal sealed class StandInConnection(StandIn standIn) : DbConnection
{
    private ConnectionState _state;

    [AllowNull]
    public override string ConnectionString
    {
        get => standIn.ConnectionString ?? "";
        set => standIn.ConnectionString = value;
    }

    public override string Database => "BANK";

    public override string DataSource => "snowflake";

    public override string ServerVersion => "9.0";

    public override ConnectionState State => _state;

    public override void Open()
    {
        standIn.Logins++;
        if (standIn.LoginFailure is { } failure)
            throw failure;
        _state = ConnectionState.Open;
    }

    public override void Close() => _state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new StandInCommand(standIn) { Connection = this };
}

/// <summary>Its time limit bounds nothing, and whoever cancels it waits for the server.</summary>
internal sealed class StandInCommand(StandIn standIn) : DbCommand
{
    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => standIn.Aborting.Wait();

    public override int ExecuteNonQuery()
    {
        standIn.Note(CommandText);
        return 1;
    }

    public override object ExecuteScalar() => throw new NotSupportedException();

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        standIn.Note(CommandText);
        return standIn.Query(CommandText);
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior, CancellationToken cancellationToken)
    {
        if (standIn.NeverAnswering is { } asked)
        {
            // The abort is sent within the token's callback, and its answer waited for.
            await using var abort = cancellationToken.Register(standIn.Aborting.Wait);
            asked.TrySetResult();
            await Task.Run(standIn.Aborting.Wait, CancellationToken.None);
        }
        return ExecuteDbDataReader(behavior);
    }
}

internal sealed class StandInException(int code, string? state, string message, Exception? cause = null)
    : DbException(message, cause)
{
    public override int ErrorCode => code;

    // The driver's own property, beside the one of its base class.
    public new string? SqlState { get; } = state;
}
