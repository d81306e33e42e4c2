const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checkAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** The id of the n-th record of an object: key prefix, instance, number in base 62, check characters; 18 in all. */
export function recordId(keyPrefix: string, number: number): string {
  let rest = number
  let digits = ''
  for (let place = 0; place < 8; place++) {
    digits = (alphabet[rest % 62] ?? '0') + digits
    rest = Math.floor(rest / 62)
  }
  return withCheck(`${keyPrefix}PB00${digits}`)
}

/** The 18-character form, whose last three characters say which of the first fifteen are capitals; null for anything else. */
export function fullId(text: string): string | null {
  if (!/^[0-9a-zA-Z]+$/.test(text)) return null
  if (text.length === 15) return withCheck(text)
  return text.length === 18 ? text : null
}

function withCheck(short: string): string {
  const check = [0, 5, 10].map((start) => {
    let bits = 0
    for (let place = 0; place < 5; place++) if (/[A-Z]/.test(short.charAt(start + place))) bits |= 1 << place
    return checkAlphabet[bits] ?? 'A'
  })
  return short + check.join('')
}
