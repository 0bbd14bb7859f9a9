/**
 * Extensions that are read and written. Those of HL7 are named as in its registry; ours, under urn:nameting, hold as JSON what
 * FHIR has no place for, so that a definition that goes out and comes back is the same.
 */
import type { Extension } from './questionnaire.ts'

const hl7 = 'http://hl7.org/fhir/StructureDefinition/'

export const urls = {
  translation: `${hl7}translation`,
  minValue: `${hl7}minValue`,
  maxValue: `${hl7}maxValue`,
  /** Fewest and most records of a repeated group. */
  minOccurs: `${hl7}questionnaire-minOccurs`,
  maxOccurs: `${hl7}questionnaire-maxOccurs`,
  itemControl: `${hl7}questionnaire-itemControl`,
  displayCategory: `${hl7}questionnaire-displayCategory`,
  /** The instrument's keys that FHIR has no place for. */
  instrument: 'urn:nameting:instrument',
  /** One scale: its items, reversed keys, missing-data rule and ranges. */
  scale: 'urn:nameting:scale',
  /** Of one item: keys that differ from what the FHIR item says by itself; null for a key that is not there. */
  element: 'urn:nameting:element',
}

/** A weight that scores an answer, newest name first; R4 calls it ordinalValue. */
export const weightUrls = [`${hl7}itemWeight`, `${hl7}ordinalValue`, `${hl7}questionnaire-ordinalValue`]
export const ordinalValueUrl = `${hl7}ordinalValue`

interface Extended {
  extension?: Extension[] | undefined
}

export const extensionOf = ({ extension = [] }: Extended, url: string): Extension | undefined => extension.find((one) => one.url === url)

/** The code of an extension whose value is a CodeableConcept, such as an item control. */
export const codeOf = (element: Extended, url: string): string | undefined =>
  extensionOf(element, url)?.valueCodeableConcept?.coding?.find(({ code }) => code !== undefined)?.code

/** An extension with a code of an HL7 code system. */
export const codeExtension = (url: string, code: string): Extension => ({
  url,
  valueCodeableConcept: {
    coding: [
      {
        system: `http://hl7.org/fhir/${url.slice(hl7.length)}`
          .replace('itemControl', 'item-control')
          .replace('displayCategory', 'display-category'),
        code,
      },
    ],
  },
})

export const jsonExtension = (url: string, value: unknown): Extension => ({ url, valueString: JSON.stringify(value) })
