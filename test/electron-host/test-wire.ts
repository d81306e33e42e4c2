import { Wire } from './wire.ts'

/** From the main process to the test that started it. */
export const testWire = new Wire(process)
