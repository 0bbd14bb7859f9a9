import type { Context } from '../context.ts'
import { type Needed, readSettings } from '../env.ts'
import { closeContext, openContext } from '../open-context.ts'

/** Opens the data folder, does the work of a command in it, and closes it whatever happens. */
export async function inDataFolder(needed: readonly Exclude<Needed, 'IDENTITY_KEY'>[], work: (context: Context) => Promise<void>) {
  const context = await openContext(readSettings(['IDENTITY_KEY', ...needed]))
  try {
    await work(context)
  } finally {
    await closeContext(context)
  }
}
