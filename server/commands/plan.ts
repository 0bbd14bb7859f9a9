import { type Command, InvalidArgumentError } from 'commander'
import type { Catalogue } from '../../instruments/catalogue.ts'
import { formatReference } from '../../instruments/definition.ts'
import type { PlanCase } from '../../protocols/case.ts'
import { exampleCase } from '../../protocols/example-case.ts'
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
  registered?: string
  role?: string[]
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('plan')
    .description('Prints who fills in what, when, in one case: every assignment and message of the whole study (see docs/planning.md)')
    .requiredOption('--protocol <id[@version]>', 'the protocol; without a version its latest')
    .option('--anchor <name=date>', 'date of an anchor, YYYY-MM-DD; once for each anchor that is known', collectAnchor)
    .option('--arm <arm>', 'the arm of the case; the first of its cohort unless given')
    .option('--cohort <cohort>', 'the cohort of the case; the first that has the arm unless given')
    .option('--registered <date>', 'the day on which the case comes in, YYYY-MM-DD; before everything else unless given')
    .option('--role <role...>', 'only these roles; all unless given')
    .option('--json', 'print the plan as JSON')
    .action(printPlan)
}

function printPlan(options: Options): void {
  const protocol = findProtocol(loadDefinitions(readSettings([]).DEFINITIONS_DIR).protocols, options.protocol)
  const whole = caseFor(protocol, options)
  const isShown = ({ role }: { role: string }): boolean => options.role?.includes(role) ?? true
  const planCase = { ...whole, participants: whole.participants.filter(isShown) }
  const all = plan(protocol, whole)
  const made = { ...all, assignments: all.assignments.filter(isShown), messages: all.messages.filter(isShown) }
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

/** A case with one participant in each role. Everybody is in it also when only some roles are shown: interviews are about others. */
function caseFor(protocol: Protocol, { anchor = [], role = [], ...asked }: Options): PlanCase {
  if (anchor.length === 0)
    throw new BadCall(`No anchor given: add --anchor NAME=YYYY-MM-DD, where NAME is one of: ${Object.keys(protocol.anchors).join(', ')}.`)
  try {
    const planCase = exampleCase(protocol, { ...asked, anchors: Object.fromEntries(anchor) })
    assertFits(protocol, { ...planCase, participants: role.map((name) => ({ id: name, role: name })) })
    return planCase
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BadCall(`${error.message}.`)
  }
}

function collectAnchor(text: string, previous: [string, string][] = []): [string, string][] {
  const [, name, date] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (!name || !date) throw new InvalidArgumentError('Write NAME=YYYY-MM-DD, for example conference=2026-05-31.')
  if (previous.some(([other]) => other === name)) throw new InvalidArgumentError(`${name} has a date already.`)
  return [...previous, [name, date]]
}
