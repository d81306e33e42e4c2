<#
  Makes Patchbay start with the machine, before anybody signs in: a task of the Windows Task Scheduler, which runs the relay
  without a window and starts it again when it ends. Run it in a PowerShell that was started as administrator.

  It makes the data folder, lets the account of the task and the viewer into it and nobody else but administrators, and
  changes nothing when it is run a second time.
#>
#Requires -RunAsAdministrator
param(
  [string] $DataFolder = "$env:ProgramData\Patchbay",
  [int] $ReceiverPort = 7420,
  [int] $HostPort = 7421,
  # Who looks at it in the Patchbay window.
  [string] $Viewer = "$env:USERDOMAIN\$env:USERNAME"
)
$ErrorActionPreference = 'Stop'
$taskName = 'Patchbay relay'
$account = 'NT AUTHORITY\LOCAL SERVICE'
$node = Join-Path $PSScriptRoot 'node.exe'
$relay = Join-Path (Split-Path $PSScriptRoot) 'app.asar.unpacked\out\service\headless.mjs'
foreach ($file in $node, $relay) {
  if (-not (Test-Path $file)) { throw "$file is not there. Install Patchbay again, for all users of this machine." }
}
if ($PSScriptRoot -like "$env:USERPROFILE\*") {
  throw 'Patchbay was installed for one user only. Install it for all users of this machine first: no other account may run what one user can change.'
}

New-Item -ItemType Directory -Force -Path $DataFolder | Out-Null
# S-1-5-18: the system, S-1-5-32-544: administrators, S-1-5-19: LOCAL SERVICE. Names differ by language, these do not.
& icacls $DataFolder /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-19:(OI)(CI)M' "${Viewer}:(OI)(CI)RX" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The rights of $DataFolder could not be set." }

$arguments = "--max-semi-space-size=8 --heap-growing-percent=40 `"$relay`" --no-open --data-dir `"$DataFolder`" --receiver-port $ReceiverPort --host-port $HostPort"
$action = New-ScheduledTaskAction -Execute $node -Argument $arguments -WorkingDirectory $DataFolder
$trigger = New-ScheduledTaskTrigger -AtStartup
$principal = New-ScheduledTaskPrincipal -UserId $account -LogonType ServiceAccount
# No time limit, and started again each minute for as long as it takes.
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable
Register-ScheduledTask -TaskName $taskName -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName $taskName
Write-Host "Patchbay runs as the task '$taskName' and starts with this machine. Its data is in $DataFolder."
Write-Host "To look at it, start the window with: & '$(Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'Patchbay.exe')' --data-dir '$DataFolder'"
