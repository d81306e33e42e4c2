import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { errorAnswer, recordNotFound } from './errors.ts'
import type { ConnectWiseEntity } from './schema.ts'
import { entityOf } from './manage.ts'
import type { RestCall } from './rest-call.ts'
import { readPatch } from './patch.ts'

const itemEntity: Pick<ConnectWiseEntity, 'fields'> | null = null
void itemEntity
void readPatch
void entityOf
void recordNotFound
void errorAnswer
export function answerCommunications(_call: RestCall, _contact: number, _key: string | undefined): WebAnswer {
  const doc: Doc = {}
  return { status: 200, body: doc }
}
