import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { BadCall } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { finishTask, tasksOf } from '../workflow/tasks.ts'
import { aligned } from './aligned.ts'

export const register = (program: Command): void => {
  const task = program
    .command('task')
    .description('What needs a person: mail that was refused, or of which nobody knows whether it went out')
  task
    .command('list')
    .description('Lists what is open, oldest first')
    .requiredOption('--study <id>', 'the study')
    .option('--json', 'print it as JSON')
    .action(list)
  task
    .command('done')
    .description('Closes a task that a person has seen to')
    .argument('<number>', 'its number in the list')
    .requiredOption('--study <id>', 'the study')
    .action(done)
}

async function list({ study, json }: { study: string; json?: true }): Promise<void> {
  const context = await openContext(readSettings(['IDENTITY_KEY']))
  try {
    const tasks = await tasksOf(context, study)
    if (json) process.stdout.write(`${JSON.stringify(tasks)}\n`)
    else if (tasks.length === 0) process.stdout.write(`Nothing in ${study} needs a person.\n`)
    else process.stdout.write(`${table(tasks).join('\n')}\n`)
  } finally {
    await closeContext(context)
  }
}

function table(tasks: Awaited<ReturnType<typeof tasksOf>>): string[] {
  const rows = tasks.map(({ id, createdAt, caseCode, role, number, wave, message, kind, detail }) => [
    String(id),
    createdAt.slice(0, 10),
    caseCode,
    role === null ? '' : `${role} ${number}`,
    [wave, message].filter(Boolean).join(' '),
    kind,
    detail ?? '',
  ])
  return aligned([['', 'since', 'case', 'who', 'message', 'what', 'because'], ...rows])
}

async function done(text: string, { study }: { study: string }): Promise<void> {
  const context = await openContext(readSettings(['IDENTITY_KEY']))
  try {
    const number = whole(text)
    await finishTask(context, study, number)
    process.stdout.write(`Task ${number} is done.\n`)
  } finally {
    await closeContext(context)
  }
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new BadCall(`"${text}" is not the number of a task: write the one that \`nameting task list\` gives.`)
  return Number(text)
}
