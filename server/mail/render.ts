/** Fills placeholders in a text, as plain text and as simple HTML. A value is never looked at for placeholders itself. */
import { ownValue } from '../../instruments/own-value.ts'
import { directionOf } from '../languages.ts'

export interface Fill {
  /** By placeholder, without braces. */
  values: Record<string, string>
  link: string
}

const placeholder = /\{([a-z]+)\}/g

/** The text with every placeholder filled. A word in braces that is not a placeholder stays as it is. */
export const plain = (template: string, { values, link }: Fill): string =>
  template.replaceAll(placeholder, (written, name: string) => (name === 'link' ? link : (ownValue(values, name) ?? written)))

export interface Page {
  language: string
  title: string
  /** What the mail has to own up to, below everything else. */
  notices: readonly string[]
}

/** A page that reads well without styles and on a phone. No picture, no script, nothing that is fetched from anywhere. */
export function html(template: string, fill: Fill, { language, title, notices }: Page): string {
  const blocks = template
    .split(/\n{2,}/)
    .map((block) => paragraph(block, fill))
    .join('\n')
  const footer = notices.map((notice) => `\n<p style="${styles.notice}">${escapeHtml(notice)}</p>`).join('')
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body style="${styles.body}">
<div style="${styles.column}">
${blocks}${footer}
</div>
</body>
</html>
`
}

const styles = {
  body: 'margin:0;padding:16px;background:#ffffff;color:#1a1a1a;font-family:sans-serif;font-size:17px;line-height:1.5',
  column: 'max-width:34em;margin:0 auto',
  link: 'font-weight:bold;overflow-wrap:anywhere',
  notice: 'border-top:1px solid #767676;padding-top:12px',
}

/** One block between empty lines: lines that begin with "- " become a list, other lines keep their breaks. */
function paragraph(block: string, fill: Fill): string {
  const lines = block.split('\n')
  const first = lines.findIndex((line) => line.startsWith('- '))
  const isList = first >= 0 && lines.slice(first).every((line) => line.startsWith('- '))
  const text = (isList ? lines.slice(0, first) : lines).map((line) => fillHtml(line, fill)).join('<br>\n')
  const items = isList ? lines.slice(first).map((line) => `<li>${fillHtml(line.slice(2), fill)}</li>`) : []
  return [...(text ? [`<p>${text}</p>`] : []), ...(isList ? [`<ul>\n${items.join('\n')}\n</ul>`] : [])].join('\n')
}

function fillHtml(template: string, { values, link }: Fill): string {
  const anchor = `<a href="${escapeHtml(link)}" style="${styles.link}">${escapeHtml(link)}</a>`
  return escapeHtml(template).replaceAll(placeholder, (written, name: string) => {
    if (name === 'link') return anchor
    const value = ownValue(values, name)
    return value === undefined ? written : escapeHtml(value)
  })
}

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
