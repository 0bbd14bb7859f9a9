/** Files of exports and reports in the data folder of this server that nothing needs any more. */
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { idsInHand } from './in-hand.ts'

/** making: for as long as some process has it in hand. A row that nobody knows is of another database: its files stay. */
export type Fate = 'kept' | 'making' | 'over' | undefined

/**
 * Removes what is over, and what was left by a process that is gone. Each server does so in its own data folder, since one that works on the
 * same database elsewhere cannot. `fateOf`: of the id by which a folder is named.
 */
export async function removeLeftFiles(
  context: Pick<Context, 'stores' | 'clock' | 'place' | 'presence'>,
  folder: string,
  fateOf: (id: string) => Promise<Fate>,
): Promise<void> {
  if (!existsSync(folder)) return
  const names = await readdir(folder)
  if (names.length === 0) return
  // In this order: what ends meanwhile is in hand still, or is told as done.
  const inHand = await idsInHand(context)
  for (const name of names) {
    const id = name.replace(/\.partial$/, '')
    const fate = await fateOf(id)
    const stays = fate === undefined || (fate === 'making' && inHand.has(id)) || (fate === 'kept' && name === id)
    if (!stays) await rm(join(folder, name), { recursive: true, force: true })
  }
}
