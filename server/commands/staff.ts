import { type Command, Option } from 'commander'
import { type StaffRole, staffRoleNames } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { createTransport } from '../mail/transport.ts'
import { mailStaffLink } from '../workflow/mail-staff-link.ts'
import { allStudies } from '../workflow/open-study.ts'
import { recordAccess } from '../workflow/record-access.ts'
import { disableStaff, enableStaff, inviteStaff, linkFor, resetSecondFactor, staffWithGrants } from '../workflow/staff-accounts.ts'
import { aligned } from './aligned.ts'
import { inDataFolder } from './in-data-folder.ts'

interface Added {
  name: string
  role: StaffRole
  study: string
  region: string
  language: string
  json?: true
}

export const register = (program: Command): void => {
  const staff = program.command('staff').description('Accounts of staff: who may sign in at the desk, and what they may do')
  staff
    .command('add')
    .description('Makes an account and prints the link by which its owner chooses a password; of an account there is, adds a role')
    .argument('<address>', 'the mail address')
    .requiredOption('--name <text>', 'the name, as colleagues see it')
    .addOption(new Option('--role <role>', 'what the account may do').choices(staffRoleNames).makeOptionMandatory())
    .option('--study <id>', 'only in this study', '*')
    .option('--region <name>', 'only for cases of this region', '*')
    .addOption(new Option('--language <tag>', 'language of the desk').choices(['nl', 'en']).default('nl'))
    .option('--json', 'print the result as JSON')
    .action(add)
  staff.command('list').description('Lists the accounts').option('--json', 'print them as JSON').action(list)
  staff
    .command('link')
    .description('Prints a new link to choose a password, for somebody who lost it or came too late')
    .argument('<address>', 'the mail address')
    .action(link)
  staff.command('disable').description('Shuts an account out, at once').argument('<address>', 'the mail address').action(disable)
  staff.command('enable').description('Lets an account in again').argument('<address>', 'the mail address').action(enable)
  staff
    .command('reset-second-factor')
    .description(
      'For somebody who lost the phone and the recovery codes: takes these and the password away, mails them so, and prints a link to begin anew',
    )
    .argument('<address>', 'the mail address')
    .action(reset)
}

const add = (address: string, { name, role, study, region, language, json }: Added): Promise<void> =>
  inDataFolder(['BASE_URL'], async (context) => {
    if (!/^\P{Cc}{1,200}$/u.test(name)) throw new BadCall('--name is one line of 1 to 200 characters.')
    const studies = (await allStudies(context)).map(({ id }) => id)
    if (study !== '*' && !studies.includes(study))
      throw new Failure(`There is no study ${study}; there is: ${studies.join(', ') || 'none'}.`)
    const { id, link: made } = await inviteStaff(context, { name, address, language, grants: [{ studyId: study, role, region }] })
    await logged(context, 'invited staff', { staff: id, role, study, region })
    const where = `${study === '*' ? 'all studies' : study}${region === '*' ? '' : `, ${region}`}`
    const said = made
      ? `${name} is ${role} (${where}). Give them this link, which is good for 14 days and works once:\n${made}\n`
      : `${name} has an account already, and is now also ${role} (${where}).\n`
    process.stdout.write(json ? `${JSON.stringify({ id, link: made })}\n` : said)
  })

const list = ({ json }: { json?: true }): Promise<void> =>
  inDataFolder([], async (context) => {
    const accounts = await staffWithGrants(context)
    if (json) return void process.stdout.write(`${JSON.stringify(accounts)}\n`)
    const rows = accounts.map(({ name, address, state, grants }) => [
      name,
      address,
      state,
      grants.map(({ role, studyId, region }) => `${role} (${studyId}${region === '*' ? '' : `, ${region}`})`).join('; '),
    ])
    process.stdout.write(rows.length === 0 ? 'There are no accounts yet: nameting staff add makes one.\n' : `${aligned(rows).join('\n')}\n`)
  })

const link = (address: string): Promise<void> =>
  inDataFolder(['BASE_URL'], async (context) => {
    const account = await needAccount(context, address)
    const made = await linkFor(context, account.id, account.hasPassword ? 'reset' : 'invitation')
    await logged(context, 'made link for staff', { staff: account.id })
    process.stdout.write(`${made}\n`)
  })

const disable = (address: string): Promise<void> =>
  inDataFolder([], async (context) => {
    const account = await needAccount(context, address)
    await disableStaff(context, account.id)
    await logged(context, 'disabled staff', { staff: account.id })
    process.stdout.write(`${account.name} cannot sign in any more, and is signed out everywhere.\n`)
  })

const enable = (address: string): Promise<void> =>
  inDataFolder([], async (context) => {
    const account = await needAccount(context, address)
    if (account.state !== 'disabled') return void process.stdout.write(`${account.name} was not shut out: nothing was changed.\n`)
    await enableStaff(context, account)
    await logged(context, 'enabled staff', { staff: account.id })
    process.stdout.write(`${account.name} may sign in again.\n`)
  })

const reset = (address: string): Promise<void> =>
  inDataFolder(['BASE_URL'], async (context) => {
    const account = await needAccount(context, address)
    if (account.state === 'disabled')
      throw new Failure(`The account of ${address} is shut out; nameting staff enable lets it in again. Nothing was changed.`)
    const made = await resetSecondFactor(context, account.id)
    await logged(context, 'reset second factor', { staff: account.id })
    const mail = await notice(context, account, made)
    process.stdout.write(
      `${account.name} is signed out everywhere; password, second factor and recovery codes are gone. ${mail}\n${made}\n`,
    )
  })

/** Tells its owner what was done to an account, as the desk does: whoever did not ask for it has to hear of it. Says what became of the mail. */
async function notice(context: Context, account: Awaited<ReturnType<typeof needAccount>>, link: string): Promise<string> {
  const { SMTP_URL, MAIL_FROM } = readSettings([])
  const byHand = 'Give them this link, which is good for 24 hours and works once:'
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return `No mail tells them so, since SMTP_URL and MAIL_FROM are not set. ${byHand}`
  const transport = createTransport({ SMTP_URL, MAIL_FROM })
  try {
    const name = account.language === 'en' ? 'Whoever looks after the server' : 'De beheerder van de server'
    const by = { name, address: MAIL_FROM }
    const mail = await mailStaffLink(context, transport, { to: account, by, link, purpose: 'second factor' })
    return mail === 'sent'
      ? `A mail to ${account.address} tells them so, with this link, which is good for 24 hours and works once:`
      : `The mail that tells them so did not go out (${mail}). ${byHand}`
  } finally {
    transport.close()
  }
}

async function needAccount(context: Context, address: string) {
  const account = (await staffWithGrants(context)).find((one) => one.address.toLowerCase() === address.trim().toLowerCase())
  if (!account) throw new Failure(`There is no account with the address ${address}; nameting staff list has them all.`)
  return account
}

const logged = (context: Context, action: string, detail: Record<string, unknown>): Promise<void> =>
  recordAccess(context, { staffId: null, via: 'command', action, outcome: 'allowed', detail })
