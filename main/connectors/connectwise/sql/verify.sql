-- Patchbay listener for the ConnectWise database: look whether it is complete. Changes nothing.
--
-- Run it in the ConnectWise database as a member of sysadmin or db_owner. What comes back: the findings, the state of
-- the triggers and of the queue, the text of each trigger for review, and the rights of Patchbay's login.
SET NOCOUNT ON;
GO

-- >>> CONFIGURATION
-- Patchbay's login, as it was given to install.sql.
DECLARE @login_name nvarchar(128) = N'patchbay_relay';
-- <<< CONFIGURATION

DECLARE @part TABLE (name nvarchar(100), kind nvarchar(2));
INSERT INTO @part (name, kind) VALUES (N'patchbay.setting', N'U');
INSERT INTO @part (name, kind) VALUES (N'patchbay.watched_table', N'U');
INSERT INTO @part (name, kind) VALUES (N'patchbay.event_queue', N'U');
INSERT INTO @part (name, kind) VALUES (N'patchbay.lease_events', N'P');
INSERT INTO @part (name, kind) VALUES (N'patchbay.acknowledge_events', N'P');
INSERT INTO @part (name, kind) VALUES (N'patchbay.set_aside_event', N'P');
INSERT INTO @part (name, kind) VALUES (N'patchbay.queue_status', N'P');
INSERT INTO @part (name, kind) VALUES (N'patchbay.trigger_status', N'P');

-- acknowledge_events reads its list with OPENJSON, which an old compatibility level of the database switches off.
DECLARE @has_json bit = 0;
BEGIN TRY
    EXEC (N'DECLARE @count int = (SELECT COUNT(*) FROM OPENJSON(N''[1]''))');
    SET @has_json = 1;
END TRY
BEGIN CATCH
    SET @has_json = 0;
END CATCH;

SELECT name AS finding, CASE WHEN OBJECT_ID(name, kind) IS NULL THEN N'missing: run install.sql' ELSE N'ok' END AS state FROM @part
UNION ALL
SELECT N'login', CASE WHEN EXISTS (SELECT 1 FROM sys.server_principals WHERE name = @login_name) THEN N'ok' ELSE N'missing: CREATE LOGIN, then run install.sql' END
UNION ALL
SELECT N'user in this database', CASE WHEN EXISTS (SELECT 1 FROM sys.database_principals WHERE name = @login_name) THEN N'ok' ELSE N'missing: run install.sql' END
UNION ALL
SELECT N'OPENJSON', CASE WHEN @has_json = 1 THEN N'ok' ELSE N'off: the compatibility level of this database has to be 130 or higher' END
UNION ALL
SELECT N'READ_COMMITTED_SNAPSHOT', CASE WHEN is_read_committed_snapshot_on = 1 THEN N'on (either will do)' ELSE N'off (either will do)' END
FROM sys.databases WHERE database_id = DB_ID();
GO

IF OBJECT_ID(N'patchbay.trigger_status', N'P') IS NOT NULL EXEC patchbay.trigger_status;
IF OBJECT_ID(N'patchbay.queue_status', N'P') IS NOT NULL EXEC patchbay.queue_status;
GO

SELECT t.name AS trigger_name, m.definition
FROM sys.triggers AS t
INNER JOIN sys.sql_modules AS m ON m.object_id = t.object_id
WHERE LEFT(t.name, 9) = N'patchbay_';
GO

-- Expected: EXECUTE on the five procedures and CONNECT, nothing else.
IF OBJECT_ID(N'patchbay.setting', N'U') IS NOT NULL
    SELECT u.name AS user_name, p.permission_name, p.state_desc, OBJECT_NAME(p.major_id) AS object_name
    FROM sys.database_permissions AS p
    INNER JOIN sys.database_principals AS u ON u.principal_id = p.grantee_principal_id
    WHERE u.name IN (SELECT value FROM patchbay.setting WHERE name = N'login_name');
GO
