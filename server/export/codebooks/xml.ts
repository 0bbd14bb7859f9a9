/** XML as text. What cannot stand in XML 1.0 is left out. */
export type Xml = string

/** Control characters, and the two that no text has. */
const forbidden = /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu

export const textOf = (text: string | number): Xml =>
  String(text).toWellFormed().replaceAll(forbidden, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

type Attributes = Record<string, string | number | null | undefined>

/** An element; attributes that are null or undefined are not there. `content` is XML. */
export function element(name: string, attributes: Attributes, ...content: Xml[]): Xml {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [` ${key}="${textOf(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`],
  )
  const inner = content.join('')
  return inner === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inner}</${name}>`
}
