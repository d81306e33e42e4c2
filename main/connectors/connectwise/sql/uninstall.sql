-- Patchbay listener for the ConnectWise database: remove all of it.
--
-- Run it in the ConnectWise database as a member of sysadmin or db_owner. Stop Patchbay's source first, or let it run
-- until the queue is empty: rows that are still in the queue go with it. Running it twice does no harm.
-- The login stays, as it belongs to the server. Remove it afterwards with: DROP LOGIN [patchbay_relay];
SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
SET NOCOUNT ON;
GO

-- >>> CONFIGURATION
-- Patchbay's login, as it was given to install.sql.
DECLARE @login_name nvarchar(128) = N'patchbay_relay';
-- <<< CONFIGURATION

DECLARE @drop_user nvarchar(max) = N'DROP USER ' + QUOTENAME(@login_name);
IF EXISTS (SELECT 1 FROM sys.schemas WHERE name = N'patchbay')
   AND EXISTS (SELECT 1 FROM sys.database_principals WHERE name = @login_name)
    EXEC (@drop_user);
GO

-- The triggers first: from here on no save passes through Patchbay's schema. The wait for a busy table is short; when it
-- is exceeded (error 1222) run the script again.
SET LOCK_TIMEOUT 10000;
DECLARE @statement nvarchar(max), @reason nvarchar(2000);
WHILE 1 = 1
BEGIN
    SET @statement = (
        SELECT TOP (1) N'DROP TRIGGER ' + QUOTENAME(s.name) + N'.' + QUOTENAME(t.name)
        FROM sys.triggers AS t
        INNER JOIN sys.objects AS o ON o.object_id = t.parent_id
        INNER JOIN sys.schemas AS s ON s.schema_id = o.schema_id
        WHERE LEFT(t.name, 9) = N'patchbay_');
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
SET LOCK_TIMEOUT -1;
GO

-- The rest only when no trigger is left: a trigger whose queue is gone would make every save fail.
IF EXISTS (SELECT 1 FROM sys.triggers WHERE LEFT(name, 9) = N'patchbay_')
    RAISERROR (N'A trigger of Patchbay is still there, so its queue was kept. Run the script again.', 16, 1);
ELSE
BEGIN
    IF OBJECT_ID(N'patchbay.lease_events', N'P') IS NOT NULL DROP PROCEDURE patchbay.lease_events;
    IF OBJECT_ID(N'patchbay.acknowledge_events', N'P') IS NOT NULL DROP PROCEDURE patchbay.acknowledge_events;
    IF OBJECT_ID(N'patchbay.set_aside_event', N'P') IS NOT NULL DROP PROCEDURE patchbay.set_aside_event;
    IF OBJECT_ID(N'patchbay.queue_status', N'P') IS NOT NULL DROP PROCEDURE patchbay.queue_status;
    IF OBJECT_ID(N'patchbay.trigger_status', N'P') IS NOT NULL DROP PROCEDURE patchbay.trigger_status;
    IF OBJECT_ID(N'patchbay.event_queue', N'U') IS NOT NULL DROP TABLE patchbay.event_queue;
    IF OBJECT_ID(N'patchbay.watched_table', N'U') IS NOT NULL DROP TABLE patchbay.watched_table;
    IF OBJECT_ID(N'patchbay.setting', N'U') IS NOT NULL DROP TABLE patchbay.setting;
    IF EXISTS (SELECT 1 FROM sys.schemas WHERE name = N'patchbay') EXEC (N'DROP SCHEMA patchbay');
    PRINT N'The Patchbay listener is removed.';
END;
GO
