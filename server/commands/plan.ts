import { type Command, InvalidArgumentError } from 'commander'
import type { Catalogue } from '../../instruments/catalogue.ts'
import { formatReference } from '../../instruments/definition.ts'
import type { PlanCase } from '../../protocols/case.ts'
import { assertFits } from '../../protocols/fits.ts'
import { plan } from '../../protocols/plan.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { planAsJson, planAsText } from './print-plan.ts'

interface Options {
  protocol: string
  anchor?: [name: string, date: string][]
  arm?: string
  cohort?: string
  role?: string[]
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('plan')
    .description('Prints who fills in what, when, in one case: every assignment and message of the whole study (see docs/planning.md)')
    .requiredOption('--protocol <id[@version]>', 'the protocol; without a version its latest')
    .option('--anchor <name=date>', 'date of an anchor, YYYY-MM-DD; once for each anchor that is known', collectAnchor)
    .option('--arm <arm>', 'the arm of the case; the first of the protocol unless given')
    .option('--cohort <cohort>', 'the cohort of the case; the first of the protocol unless given')
    .option('--role <role...>', 'only these roles; all unless given')
    .option('--json', 'print the plan as JSON')
    .action(printPlan)
}

function printPlan(options: Options): void {
  const protocol = findProtocol(loadDefinitions(readSettings([]).DEFINITIONS_DIR).protocols, options.protocol)
  const planCase = exampleCase(protocol, options)
  const made = plan(protocol, planCase)
  process.stdout.write(
    options.json ? `${JSON.stringify(planAsJson(protocol, planCase, made), undefined, 2)}\n` : planAsText(protocol, planCase, made),
  )
}

function findProtocol(protocols: Catalogue<Protocol>, asked: string): Protocol {
  const found = asked.includes('@') ? protocols.get(asked) : protocols.latest(asked)
  if (found) return found
  const known = protocols.all().map(formatReference).join(', ')
  throw new Failure(`There is no protocol ${asked}; there is: ${known || 'none'}.`)
}

/** A case with one participant for each role, known from the beginning. */
function exampleCase(protocol: Protocol, { anchor = [], arm, cohort, role }: Options): PlanCase {
  if (anchor.length === 0)
    throw new BadCall(`No anchor given: add --anchor NAME=YYYY-MM-DD, where NAME is one of: ${Object.keys(protocol.anchors).join(', ')}.`)
  const planCase = {
    arm: arm ?? (Object.keys(protocol.arms)[0] as string),
    cohort: cohort ?? (Object.keys(protocol.cohorts)[0] as string),
    registeredAt: '0000-01-01T00:00:00.000Z',
    anchors: Object.fromEntries(anchor),
    participants: [...new Set(role ?? Object.keys(protocol.roles))].map((name) => ({ id: name, role: name })),
    completed: [],
  }
  try {
    assertFits(protocol, planCase)
  } catch (error) {
    throw new BadCall(`${(error as Error).message}.`)
  }
  return planCase
}

function collectAnchor(text: string, previous: [string, string][] = []): [string, string][] {
  const [, name, date] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (!name || !date) throw new InvalidArgumentError('Write NAME=YYYY-MM-DD, for example conference=2026-05-31.')
  if (previous.some(([other]) => other === name)) throw new InvalidArgumentError(`${name} has a date already.`)
  return [...previous, [name, date]]
}
