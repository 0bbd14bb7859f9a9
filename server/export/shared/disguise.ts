/** How families are disguised in data that are shared: by other pseudonyms. */
import { createHmac } from 'node:crypto'

/** What one key makes of ids: 16 hexadecimal digits, the same for the same kind and id. Without the key nothing leads back to the id. */
export interface Disguise {
  pseudonym(kind: 'case' | 'participant' | 'assignment' | 'response', id: string): string
}

export const disguise = (key: string): Disguise => ({
  pseudonym: (kind, id) => createHmac('sha256', Buffer.from(key, 'hex')).update(`${kind}\n${id}`).digest().toString('hex', 0, 8),
})
