/** The styles of lists on paper, for the server to send and for a file to hold. */
import { readFileSync } from 'node:fs'

export const paperCss: string = readFileSync(new URL('./paper.css', import.meta.url), 'utf8')
