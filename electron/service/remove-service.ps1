<#
  Stops the relay that install-service.ps1 has set up, and takes its task away. The data folder stays as it is.
  Run it in a PowerShell that was started as administrator.
#>
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$taskName = 'Patchbay relay'
Stop-ScheduledTask -TaskName $taskName -ErrorAction SilentlyContinue
Unregister-ScheduledTask -TaskName $taskName -Confirm:$false
Write-Host 'Patchbay no longer starts with this machine. Its data was not touched.'
