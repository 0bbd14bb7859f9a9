import { type Command, Option } from 'commander'
import { addParticipant } from '../workflow/add-participant.ts'
import { bringBack } from '../workflow/bring-back.ts'
import { handOver } from '../workflow/hand-over.ts'
import { recordStop } from '../workflow/record-stop.ts'
import { removeParticipant } from '../workflow/remove-mistake.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'
import { wholeNumber } from './whole-number.ts'

interface Contact {
  study: string
  name: string
  email?: string
  withoutEmail?: true
  telephone?: string
  sex?: string
  json?: true
}

export const addPerson = (ofCase: Command): void => {
  const person = ofCase.command('person').description('The participants of a case')
  const about = (name: string, description: string): Command =>
    person
      .command(name)
      .description(description)
      .argument('<code>', 'the case code')
      .argument('<role>', 'the role of the participant')
      .requiredOption('--study <id>', 'the study that the case belongs to')
      .option('--json', 'print the result as JSON')
  const contact = (command: Command): Command =>
    command
      .requiredOption('--name <text>', 'their name, as the mail greets them')
      .option('--email <address>', 'their mail address; needed unless they have none or no mail goes to this role')
      .option('--without-email', 'they have no mail address: nothing is mailed, their lists are asked by hand')
      .option('--telephone <number>', 'their telephone number')
      .option('--sex <sex>', 'female, male or other; norms by sex need it')

  contact(about('add', 'Adds somebody who comes in later, and plans what they are asked from now on'))
    .requiredOption('--language <language>', 'a language of the study')
    .action(add)
  contact(about('hand-over', 'Lets somebody else take the place of a participant: what is open goes to them, what was answered stays'))
    .option('--language <language>', 'a language of the study; that of the one before them unless given')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .action(handOn)
  about('stop', 'Records that a participant refused or withdrew; what is open is called off, what was answered stays')
    .addOption(
      new Option('--state <state>', 'refused from the start, or withdrew later').choices(['declined', 'withdrawn']).makeOptionMandatory(),
    )
    .option('--reason <id>', 'why: a coded reason of the protocol')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .action(stop)
  about('return', 'Lets somebody who stopped by mistake take part again: what is still asked is asked again')
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .action(back)
  about('remove', 'Takes away somebody who was added by mistake, while nothing was sent to them or said by or about them')
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--number <n>', 'which of several in this role', wholeNumber)
    .action(remove)
}

async function remove(
  code: string,
  role: string,
  { study, json, number, why }: { study: string; why: string; number?: number; json?: true },
): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const removed = await removeParticipant(context, { study, code }, { role, number }, { why })
    const text = `Took ${role} ${removed.number} out of ${code}.\n${changesAsText(removed.changes)}`
    process.stdout.write(`${json ? JSON.stringify({ code, ...removed }) : text}\n`)
  })
}

async function add(code: string, role: string, { study, json, withoutEmail, ...contact }: Contact & { language: string }): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const added = await addParticipant(context, { study, code }, { role, ...contact, withoutMail: withoutEmail })
    const text = `Added ${role} ${added.number} to ${code}.\n${changesAsText(added.changes)}`
    process.stdout.write(`${json ? JSON.stringify({ code, ...added }) : text}\n`)
  })
}

async function handOn(
  code: string,
  role: string,
  { study, json, number, withoutEmail, ...successor }: Contact & { language?: string; number?: number },
): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const done = await handOver(context, { study, code }, { role, number }, { ...successor, withoutMail: withoutEmail })
    const text = `${role} ${done.from} of ${code} handed over to ${role} ${done.number}.\n${changesAsText(done.changes)}`
    process.stdout.write(`${json ? JSON.stringify({ code, ...done }) : text}\n`)
  })
}

interface StopOptions {
  study: string
  state: 'declined' | 'withdrawn'
  reason?: string
  number?: number
  json?: true
}

async function stop(code: string, role: string, { study, json, number, ...entry }: StopOptions): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const stopped = await recordStop(context, { study, code }, { role, number }, entry)
    const who = `${role} ${stopped.number} of ${code}`
    const text = stopped.changes
      ? `${who} has ${entry.state}.\n${changesAsText(stopped.changes)}`
      : `${who} had ${entry.state} already; recorded the reason.`
    process.stdout.write(`${json ? JSON.stringify({ code, ...stopped }) : text}\n`)
  })
}

async function back(
  code: string,
  role: string,
  { study, json, number, why }: { study: string; why: string; number?: number; json?: true },
): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const returned = await bringBack(context, { study, code }, { role, number }, { why })
    const text = `${role} ${returned.number} of ${code} takes part again.\n${changesAsText(returned.changes)}`
    process.stdout.write(`${json ? JSON.stringify({ code, ...returned }) : text}\n`)
  })
}
