-- Patchbay listener for the ConnectWise database: install, or install again after a change or a ConnectWise upgrade.
--
-- Run it in the ConnectWise database as a member of sysadmin or db_owner (SSMS, Azure Data Studio, or sqlcmd -I -b).
-- It adds the schema "patchbay" and one small trigger to each table listed below. It changes nothing else, and running it
-- twice does no harm: waiting events stay where they are. uninstall.sql takes all of it away again.
--
-- First make the login that Patchbay signs in with. Choose the password yourself and keep it out of this file:
--     CREATE LOGIN [patchbay_relay] WITH PASSWORD = N'...';
SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
SET NOCOUNT ON;
GO

-- >>> CONFIGURATION
-- The API member that Patchbay writes as. Changes it made are not queued, so they don't come back as events.
DECLARE @api_member nvarchar(100) = N'patchbay';
-- The login that Patchbay polls with.
DECLARE @login_name nvarchar(128) = N'patchbay_relay';
-- The watched tables.
--   key_column   the integer column that holds the id of the record
--   entity       what the record is called in Patchbay: company, contact, opportunity or ticket
--   is_part      1 where a row is only a part of the record; any change of it then counts as an update of the record
--   delete_flag  the bit column that marks a row as deleted while it stays in the table, or NULL
DECLARE @watched TABLE (schema_name nvarchar(128), table_name nvarchar(128), key_column nvarchar(128), entity nvarchar(50), is_part bit, delete_flag nvarchar(128));
INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'dbo', N'Company', N'Company_RecID', N'company', 0, N'Delete_Flag');
INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'dbo', N'Contact', N'Contact_RecID', N'contact', 0, NULL);
INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'dbo', N'Contact_Communication', N'Contact_RecID', N'contact', 1, NULL);
INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'dbo', N'SO_Opportunity', N'Opportunity_RecID', N'opportunity', 0, NULL);
INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'dbo', N'SR_Service', N'SR_Service_RecID', N'ticket', 0, NULL);
-- <<< CONFIGURATION

IF NOT EXISTS (SELECT 1 FROM @watched AS w WHERE OBJECT_ID(QUOTENAME(w.schema_name) + N'.' + QUOTENAME(w.table_name), N'U') IS NOT NULL)
BEGIN
    RAISERROR (N'None of the watched tables is in this database. Choose the ConnectWise database and run the script again. Nothing was changed; the errors below follow from this one.', 16, 1);
    RETURN;
END;

-- Owned by dbo like the ConnectWise tables: only then may a trigger write to the queue whoever saves the record. Where
-- that can't be said the owner is the one who runs this; tables of another owner are then skipped further down.
IF NOT EXISTS (SELECT 1 FROM sys.schemas WHERE name = N'patchbay')
BEGIN
    BEGIN TRY
        EXEC (N'CREATE SCHEMA patchbay AUTHORIZATION dbo');
    END TRY
    BEGIN CATCH
        EXEC (N'CREATE SCHEMA patchbay');
    END CATCH;
END;

IF OBJECT_ID(N'patchbay.setting', N'U') IS NULL
    EXEC (N'CREATE TABLE patchbay.setting (
        name nvarchar(50) NOT NULL PRIMARY KEY,
        value nvarchar(200) NOT NULL)');

IF OBJECT_ID(N'patchbay.watched_table', N'U') IS NULL
    EXEC (N'CREATE TABLE patchbay.watched_table (
        schema_name nvarchar(128) NOT NULL,
        table_name nvarchar(128) NOT NULL,
        key_column nvarchar(128) NOT NULL,
        entity nvarchar(50) NOT NULL,
        is_part bit NOT NULL,
        delete_flag nvarchar(128) NULL,
        has_actor bit NOT NULL,
        problem nvarchar(200) NULL,
        PRIMARY KEY (schema_name, table_name))');

-- The queue. What a save passes through is kept free of everything that can fail:
--   no identity column, as it would change @@IDENTITY for the application that saves;
--   no filtered index, as it makes a write fail under unusual SET options;
--   no constraint that a row from a trigger could break, and room for more than it brings.
-- Rows of one instant keep their order through NEWSEQUENTIALID.
IF OBJECT_ID(N'patchbay.event_queue', N'U') IS NULL
    EXEC (N'CREATE TABLE patchbay.event_queue (
        id uniqueidentifier NOT NULL DEFAULT NEWSEQUENTIALID() PRIMARY KEY,
        entity nvarchar(50) NULL,
        rec_id bigint NULL,
        action nvarchar(20) NULL,
        changed_at datetime2(7) NULL DEFAULT SYSUTCDATETIME(),
        changed_by nvarchar(100) NULL,
        status nvarchar(20) NOT NULL DEFAULT N''pending'',
        attempts int NOT NULL DEFAULT 0,
        available_at datetime2(7) NULL,
        lease_until datetime2(7) NULL,
        lease_token uniqueidentifier NULL,
        last_error nvarchar(2000) NULL)');

-- Its indexes, beside that of the key. Counted, as not every engine of the dialect keeps their names as they are given.
IF (SELECT COUNT(*) FROM sys.indexes WHERE object_id = OBJECT_ID(N'patchbay.event_queue', N'U') AND is_primary_key = 0 AND type = 2) = 0
    EXEC (N'CREATE INDEX event_queue_by_age ON patchbay.event_queue (status, changed_at, id)');
IF (SELECT COUNT(*) FROM sys.indexes WHERE object_id = OBJECT_ID(N'patchbay.event_queue', N'U') AND is_primary_key = 0 AND type = 2) = 1
    EXEC (N'CREATE INDEX event_queue_by_lease ON patchbay.event_queue (lease_token)');

DELETE FROM patchbay.setting;
INSERT INTO patchbay.setting (name, value) VALUES (N'listener_version', N'1');
INSERT INTO patchbay.setting (name, value) VALUES (N'api_member', @api_member);
INSERT INTO patchbay.setting (name, value) VALUES (N'login_name', @login_name);

-- A table that does not look as expected is left alone, with the reason, rather than given a trigger that might fail. Every
-- column is named with its table: INFORMATION_SCHEMA.COLUMNS has a TABLE_NAME of its own.
DELETE FROM patchbay.watched_table;
INSERT INTO patchbay.watched_table (schema_name, table_name, key_column, entity, is_part, delete_flag, has_actor, problem)
SELECT w.schema_name, w.table_name, w.key_column, w.entity, w.is_part,
    CASE WHEN EXISTS (
        SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS AS c
        WHERE c.TABLE_SCHEMA = w.schema_name AND c.TABLE_NAME = w.table_name AND c.COLUMN_NAME = w.delete_flag
          AND c.DATA_TYPE = N'bit') THEN w.delete_flag END,
    CASE WHEN EXISTS (
        SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS AS c
        WHERE c.TABLE_SCHEMA = w.schema_name AND c.TABLE_NAME = w.table_name AND c.COLUMN_NAME = N'Updated_By'
          AND c.DATA_TYPE IN (N'char', N'nchar', N'varchar', N'nvarchar')) THEN 1 ELSE 0 END,
    CASE
        WHEN OBJECT_ID(QUOTENAME(w.schema_name) + N'.' + QUOTENAME(w.table_name), N'U') IS NULL
            THEN N'There is no such table in this database.'
        WHEN NOT EXISTS (
            SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS AS c
            WHERE c.TABLE_SCHEMA = w.schema_name AND c.TABLE_NAME = w.table_name AND c.COLUMN_NAME = w.key_column
              AND c.DATA_TYPE IN (N'tinyint', N'smallint', N'int', N'bigint'))
            THEN N'The key column is missing or not an integer.'
        WHEN OBJECTPROPERTY(OBJECT_ID(QUOTENAME(w.schema_name) + N'.' + QUOTENAME(w.table_name), N'U'), 'OwnerId')
          <> OBJECTPROPERTY(OBJECT_ID(N'patchbay.event_queue', N'U'), 'OwnerId')
            THEN N'The table belongs to another owner than the queue, so a trigger could not write to it.'
    END
FROM @watched AS w;
GO

-- Procedure: lease the oldest free rows for @lease_seconds. Answers with those rows; each carries the token of the lease.
-- Two callers at once never get the same row: the UPDATE repeats the whole condition, so a row that another caller took
-- in between is left out, and READPAST lets them pass each other without waiting.
-- READCOMMITTEDLOCK: where the database has READ_COMMITTED_SNAPSHOT on, the server refuses READPAST without it.
IF OBJECT_ID(N'patchbay.lease_events', N'P') IS NOT NULL DROP PROCEDURE patchbay.lease_events;
GO
CREATE PROCEDURE patchbay.lease_events
    @batch_size int = 100,
    @lease_seconds int = 60
AS
BEGIN
    SET NOCOUNT ON;
    -- Above 1,000 rows the server might lock the whole table and make a save wait.
    IF @batch_size IS NULL OR @batch_size < 1 SET @batch_size = 1;
    IF @batch_size > 1000 SET @batch_size = 1000;
    IF @lease_seconds IS NULL OR @lease_seconds < 1 SET @lease_seconds = 1;
    IF @lease_seconds > 86400 SET @lease_seconds = 86400;

    DECLARE @token uniqueidentifier = NEWID();
    DECLARE @now datetime2(7) = SYSUTCDATETIME();
    DECLARE @until datetime2(7) = DATEADD(second, @lease_seconds, @now);

    UPDATE patchbay.event_queue WITH (ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK)
    SET lease_token = @token, lease_until = @until, attempts = attempts + 1
    WHERE id IN (
            SELECT TOP (@batch_size) q.id
            FROM patchbay.event_queue AS q WITH (ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK)
            WHERE q.status = N'pending'
              AND (q.available_at IS NULL OR q.available_at <= @now)
              AND (q.lease_until IS NULL OR q.lease_until <= @now)
            ORDER BY q.changed_at, q.id)
      AND status = N'pending'
      AND (available_at IS NULL OR available_at <= @now)
      AND (lease_until IS NULL OR lease_until <= @now);

    SELECT lease_token, id, entity, rec_id, action, changed_at, changed_by, attempts
    FROM patchbay.event_queue
    WHERE lease_token = @token
    ORDER BY changed_at, id;
END;
GO

-- Procedure: take rows that are stored safely off the queue. Only rows still under this lease; answers with how many.
IF OBJECT_ID(N'patchbay.acknowledge_events', N'P') IS NOT NULL DROP PROCEDURE patchbay.acknowledge_events;
GO
CREATE PROCEDURE patchbay.acknowledge_events
    @lease_token uniqueidentifier,
    @ids nvarchar(max)
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @acknowledged int;

    -- @ids is a JSON array of row ids as text. READPAST: rows of a save under way are not ours and not waited for.
    DELETE FROM patchbay.event_queue WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
    WHERE lease_token = @lease_token
      AND status = N'pending'
      AND id IN (SELECT CONVERT(uniqueidentifier, j.[value]) FROM OPENJSON(@ids) AS j);
    SET @acknowledged = @@ROWCOUNT;

    SELECT @acknowledged AS acknowledged;
END;
GO

-- Procedure: put a row that can't be understood aside, with the reason. It stays in the table with the status "dead".
IF OBJECT_ID(N'patchbay.set_aside_event', N'P') IS NOT NULL DROP PROCEDURE patchbay.set_aside_event;
GO
CREATE PROCEDURE patchbay.set_aside_event
    @lease_token uniqueidentifier,
    @id uniqueidentifier,
    @error nvarchar(2000)
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @set_aside int;

    UPDATE patchbay.event_queue WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
    SET status = N'dead', last_error = @error, lease_token = NULL, lease_until = NULL
    WHERE id = @id AND lease_token = @lease_token AND status = N'pending';
    SET @set_aside = @@ROWCOUNT;

    SELECT @set_aside AS set_aside;
END;
GO

-- Procedure: how the queue stands. NOLOCK, so that looking never waits for a save under way.
IF OBJECT_ID(N'patchbay.queue_status', N'P') IS NOT NULL DROP PROCEDURE patchbay.queue_status;
GO
CREATE PROCEDURE patchbay.queue_status
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @now datetime2(7) = SYSUTCDATETIME();

    SELECT
        COUNT(CASE WHEN q.status = N'pending' AND (q.lease_until IS NULL OR q.lease_until <= @now) THEN 1 END) AS pending,
        COUNT(CASE WHEN q.status = N'pending' AND q.lease_until > @now THEN 1 END) AS leased,
        COUNT(CASE WHEN q.status = N'dead' THEN 1 END) AS dead,
        MIN(CASE WHEN q.status = N'pending' THEN q.changed_at END) AS oldest_at,
        @now AS server_time,
        (SELECT s.value FROM patchbay.setting AS s WHERE s.name = N'listener_version') AS listener_version
    FROM patchbay.event_queue AS q WITH (NOLOCK);
END;
GO

-- Procedure: the state of each watched table's trigger: ok, disabled, missing, or skipped with the reason.
-- A login that may only EXECUTE does not see other people's triggers, so the procedure looks with the rights of its owner.
-- Where the server does not know that clause the procedure is made without it; what it may not see is then unknown.
IF OBJECT_ID(N'patchbay.trigger_status', N'P') IS NOT NULL DROP PROCEDURE patchbay.trigger_status;
GO
DECLARE @plain nvarchar(max) = N'CREATE PROCEDURE patchbay.trigger_status /*rights*/
AS
BEGIN
    SET NOCOUNT ON;
    SELECT w.schema_name, w.table_name, w.entity,
        CASE
            WHEN w.problem IS NOT NULL THEN N''skipped''
            /*unseen*/
            WHEN t.object_id IS NULL THEN N''missing''
            WHEN t.is_disabled = 1 THEN N''disabled''
            ELSE N''ok''
        END AS state,
        w.problem
    FROM patchbay.watched_table AS w
    LEFT OUTER JOIN sys.triggers AS t
        ON t.parent_id = OBJECT_ID(QUOTENAME(w.schema_name) + N''.'' + QUOTENAME(w.table_name), N''U'')
       AND t.name = N''patchbay_'' + w.table_name
    ORDER BY w.schema_name, w.table_name;
END';
DECLARE @as_owner nvarchar(max) = REPLACE(@plain, N'/*rights*/', N'WITH EXECUTE AS OWNER');
SET @plain = REPLACE(@plain, N'/*unseen*/',
    N'WHEN OBJECT_ID(QUOTENAME(w.schema_name) + N''.'' + QUOTENAME(w.table_name), N''U'') IS NULL THEN N''unknown''');
BEGIN TRY
    EXEC (@as_owner);
END TRY
BEGIN CATCH
    IF OBJECT_ID(N'patchbay.trigger_status', N'P') IS NULL EXEC (@plain);
END CATCH;
GO

-- The user: EXECUTE on the procedures and nothing else. Before the triggers, so that a busy table keeps nobody from polling.
DECLARE @login nvarchar(128) = (SELECT value FROM patchbay.setting WHERE name = N'login_name');
DECLARE @create nvarchar(max) = N'CREATE USER ' + QUOTENAME(@login) + N' FOR LOGIN ' + QUOTENAME(@login);
DECLARE @grants nvarchar(max) =
    N'GRANT EXECUTE ON patchbay.lease_events TO ' + QUOTENAME(@login)
  + N'; GRANT EXECUTE ON patchbay.acknowledge_events TO ' + QUOTENAME(@login)
  + N'; GRANT EXECUTE ON patchbay.set_aside_event TO ' + QUOTENAME(@login)
  + N'; GRANT EXECUTE ON patchbay.queue_status TO ' + QUOTENAME(@login)
  + N'; GRANT EXECUTE ON patchbay.trigger_status TO ' + QUOTENAME(@login) + N';';
IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = @login)
    PRINT N'The login ' + QUOTENAME(@login) + N' is not there yet. Make it as the head of this script says, then run the script again.';
ELSE
BEGIN
    IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = @login) EXEC (@create);
    EXEC (@grants);
END;
GO

-- The triggers, built from the two texts below for each watched table. Each does one INSERT of ids, nothing else:
--   rows that our own API member wrote are left out;
--   a removed row always counts, as nobody can say who removed it;
--   a table and its trigger change together, so no save in between goes unseen.
-- The wait for a busy table is short; when it is exceeded (error 1222) nothing is changed there: run the script again.
SET LOCK_TIMEOUT 10000;
DECLARE @member nvarchar(210) = (SELECT N'N''' + REPLACE(value, N'''', N'''''') + N'''' FROM patchbay.setting WHERE name = N'api_member');

DECLARE @of_record nvarchar(max) = N'CREATE TRIGGER {trigger} ON {table} AFTER INSERT, UPDATE, DELETE
AS
BEGIN
    SET NOCOUNT ON;
    INSERT INTO patchbay.event_queue (entity, rec_id, action, changed_by)
    SELECT {entity}, i.{key}, CASE WHEN d.{key} IS NULL THEN N''added''{deleted} ELSE N''updated'' END, {actor}
    FROM inserted AS i LEFT OUTER JOIN deleted AS d ON d.{key} = i.{key}
    WHERE {not_ours}
    UNION ALL
    SELECT {entity}, d.{key}, N''deleted'', NULL
    FROM deleted AS d
    WHERE NOT EXISTS (SELECT 1 FROM inserted AS i WHERE i.{key} = d.{key});
END';

DECLARE @of_part nvarchar(max) = N'CREATE TRIGGER {trigger} ON {table} AFTER INSERT, UPDATE, DELETE
AS
BEGIN
    SET NOCOUNT ON;
    INSERT INTO patchbay.event_queue (entity, rec_id, action, changed_by)
    SELECT {entity}, i.{key}, N''updated'', {actor}
    FROM inserted AS i
    WHERE i.{key} IS NOT NULL AND {not_ours}
    UNION
    SELECT {entity}, d.{key}, N''updated'', NULL
    FROM deleted AS d
    WHERE d.{key} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM inserted AS i WHERE i.{key} = d.{key});
END';

-- Triggers of tables that are no longer watched go.
DECLARE @statement nvarchar(max), @reason nvarchar(2000);
WHILE 1 = 1
BEGIN
    SET @statement = (
        SELECT TOP (1) N'DROP TRIGGER ' + QUOTENAME(s.name) + N'.' + QUOTENAME(t.name)
        FROM sys.triggers AS t
        INNER JOIN sys.objects AS o ON o.object_id = t.parent_id
        INNER JOIN sys.schemas AS s ON s.schema_id = o.schema_id
        WHERE LEFT(t.name, 9) = N'patchbay_'
          AND NOT EXISTS (
              SELECT 1 FROM patchbay.watched_table AS w
              WHERE w.problem IS NULL AND w.schema_name = s.name AND N'patchbay_' + w.table_name = t.name));
    IF @statement IS NULL BREAK;
    BEGIN TRY
        EXEC (@statement);
    END TRY
    BEGIN CATCH
        SET @reason = @statement + N' failed: ' + ERROR_MESSAGE();
        RAISERROR (N'%s', 16, 1, @reason);
        BREAK;
    END CATCH;
END;

DECLARE @table nvarchar(300) = N'';
DECLARE @trigger nvarchar(300), @key nvarchar(300), @entity nvarchar(120), @is_part bit, @has_actor bit, @flag nvarchar(300), @text nvarchar(max);
WHILE 1 = 1
BEGIN
    SET @table = (
        SELECT MIN(QUOTENAME(schema_name) + N'.' + QUOTENAME(table_name)) FROM patchbay.watched_table
        WHERE problem IS NULL AND QUOTENAME(schema_name) + N'.' + QUOTENAME(table_name) > @table);
    IF @table IS NULL BREAK;

    SELECT
        @trigger = QUOTENAME(schema_name) + N'.' + QUOTENAME(N'patchbay_' + table_name),
        @key = QUOTENAME(key_column),
        @entity = N'N''' + REPLACE(entity, N'''', N'''''') + N'''',
        @is_part = is_part,
        @has_actor = has_actor,
        @flag = QUOTENAME(delete_flag)
    FROM patchbay.watched_table
    WHERE QUOTENAME(schema_name) + N'.' + QUOTENAME(table_name) = @table;

    SET @text = CASE WHEN @is_part = 1 THEN @of_part ELSE @of_record END;
    SET @text = REPLACE(@text, N'{deleted}', CASE WHEN @flag IS NULL THEN N''
        ELSE N' WHEN i.' + @flag + N' = 1 AND (d.' + @flag + N' = 0 OR d.' + @flag + N' IS NULL) THEN N''deleted''' END);
    SET @text = REPLACE(@text, N'{actor}', CASE WHEN @has_actor = 1 THEN N'LEFT(i.[Updated_By], 100)' ELSE N'NULL' END);
    SET @text = REPLACE(@text, N'{not_ours}', CASE WHEN @has_actor = 1 THEN N'(i.[Updated_By] IS NULL OR i.[Updated_By] <> ' + @member + N')' ELSE N'1 = 1' END);
    SET @text = REPLACE(@text, N'{trigger}', @trigger);
    SET @text = REPLACE(@text, N'{table}', @table);
    SET @text = REPLACE(@text, N'{key}', @key);
    SET @text = REPLACE(@text, N'{entity}', @entity);
    SET @statement = N'DROP TRIGGER ' + @trigger;

    BEGIN TRY
        BEGIN TRANSACTION;
        IF OBJECT_ID(@trigger, N'TR') IS NOT NULL EXEC (@statement);
        EXEC (@text);
        COMMIT TRANSACTION;
    END TRY
    BEGIN CATCH
        IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
        SET @reason = N'The trigger on ' + @table + N' was not made: ' + ERROR_MESSAGE();
        RAISERROR (N'%s', 16, 1, @reason);
    END CATCH;
END;
SET LOCK_TIMEOUT -1;
GO

-- What came of it, one row for each watched table.
EXEC patchbay.trigger_status;
GO
