import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PhoneNumber } from 'libphonenumber-js'
import { oneLine } from './text.ts'

/** Country that numbers without a country code belong to, when a mapping does not say. */
export const defaultPhoneCountry = 'US'

function read(text: string, country: string): PhoneNumber | undefined {
  // Without a country that the library knows, only international numbers can be read.
  const home = isSupportedCountry(country) ? { defaultCountry: country } : {}
  const number = parsePhoneNumberFromString(text, { ...home, extract: false })
  return number?.isPossible() === true ? number : undefined
}

/** E.164 with `;ext=`, the same for all ways to write a number; other text loses its spacing and case only. */
export function comparablePhone(text: string, country: string): string {
  const number = read(text, country)
  return number === undefined ? oneLine(text).toLowerCase() : number.format('RFC3966')
}

/** The number as people of `country` write it, with its country code when it is a foreign one; other text as it is. */
export function writtenPhone(text: string, country: string): string {
  const number = read(text, country)
  if (number === undefined) return oneLine(text)
  const isHome = isSupportedCountry(country) && getCountryCallingCode(country) === number.countryCallingCode
  const written = isHome ? number.formatNational() : number.formatInternational()
  // Some numbers lose something when written nationally; then the original is kept.
  return comparablePhone(written, country) === comparablePhone(text, country) ? written : oneLine(text)
}
