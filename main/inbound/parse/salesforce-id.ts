const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/**
 * The 18-character form of a Salesforce id; any other text is given back as it is.
 *
 * The 15-character form differs from others by letter case alone. The three further characters hold, for each group of five, which
 * of its letters are capitals, so that the id survives systems that ignore case.
 */
export function toLongId(id: string): string {
  if (id.length !== 15 || !/^[A-Za-z0-9]{15}$/.test(id)) return id
  let suffix = ''
  for (let group = 0; group < 15; group += 5) {
    let capitals = 0
    for (let index = 0; index < 5; index += 1) {
      const code = id.charCodeAt(group + index)
      if (code >= 65 && code <= 90) capitals |= 1 << index
    }
    suffix += alphabet.charAt(capitals)
  }
  return id + suffix
}

/** Whether a text may stand as a record's id: it later becomes part of addresses, so nothing that means something there. */
export function isRecordId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/** Whether a text may stand as the name of an entity, for the same reason. */
export function isEntityName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(text)
}
