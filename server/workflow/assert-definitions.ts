import { formatReference } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import { lost, periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { instrumentsInUse } from '../queries/assignments.ts'
import { allStudies } from './open-study.ts'

/** Throws a Failure unless every protocol and list in use is defined: without one, participants would find a page of mistakes. */
export async function assertDefinitions({ stores, definitions }: Pick<Context, 'stores' | 'definitions'>): Promise<void> {
  for (const study of await allStudies({ stores })) periodsOfStudy(definitions, study)
  const missing = (await instrumentsInUse(stores.study.read)).map(formatReference).filter((name) => !definitions.instruments.get(name))
  if (missing.length > 0) throw new Failure(lost('instrument', missing))
}
