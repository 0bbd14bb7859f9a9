/** What the codebook says of a variable and SPSS has no place of its own for: attributes, which its variable view can show as columns. */
import { type CodebookEntry, codebookNames, codebookRow } from '../codebook.ts'

/** Columns of the codebook that SPSS has a place for, or that are about a file. */
const elsewhere = /^(file|position|variable|type|(label|values|missing)_(nl|en))$/

/** By the names of the codebook's columns; what is empty is left out. */
export function attributesOf(entry: CodebookEntry): [name: string, value: string][] {
  const names = codebookNames()
  return codebookRow(entry).flatMap((cell, index): [string, string][] => {
    const name = names[index] ?? ''
    return cell === null || cell === '' || elsewhere.test(name) ? [] : [[name, String(cell)]]
  })
}

/** Attributes as a `.sav` file has them. A line end would end the value, so it becomes a space. */
export const attributesText = (attributes: [name: string, value: string][]): string =>
  attributes.map(([name, value]) => `${name}('${value.replaceAll(/[\r\n]+/g, ' ')}'\n)`).join('')
