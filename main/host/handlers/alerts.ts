import { os } from '../implementer.ts'

function later(): never {
  throw new Error('to be written')
}

export const alerts = {
  list: os.alerts.list.handler(later),
  counts: os.alerts.counts.handler(later),
  get: os.alerts.get.handler(later),
  acknowledge: os.alerts.acknowledge.handler(later),
  resolve: os.alerts.resolve.handler(later),
}

export const alertRules = {
  list: os.alertRules.list.handler(later),
  save: os.alertRules.save.handler(later),
  remove: os.alertRules.remove.handler(later),
  trial: os.alertRules.trial.handler(later),
  measured: os.alertRules.measured.handler(later),
}
