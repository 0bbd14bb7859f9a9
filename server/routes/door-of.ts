import type { Context as Request } from 'hono'
import type { Context } from '../context.ts'
import type { Door } from '../pages/door.ts'
import { quickExitOf } from '../workflow/packet.ts'
import { isDraft, languagesOfStudy } from '../workflow/study-languages.ts'
import { type Placed, studyOfParticipant } from '../workflow/study-of-participant.ts'
import { chosenLanguage } from './preferred-language.ts'
import type { Site } from './site.ts'

/** What the pages behind an address in a mail say of the study, in the language that was chosen there, or else that of the participant. */
export async function doorOf(context: Context, participant: Placed['participant'], request: Request, site: Site): Promise<Door> {
  const { study, protocol } = await studyOfParticipant(context.stores.study.read, context, participant)
  const chosen = chosenLanguage(request)
  const languages = languagesOfStudy(context.definitions, study, protocol)
  const language = chosen !== undefined && languages.includes(chosen) ? chosen : participant.language
  // A form says where it was sent from only under a policy that lets it, and browsers without Sec-Fetch-Site say it in
  // no other way. No address goes along, so the token in it goes nowhere.
  request.header('Referrer-Policy', 'strict-origin')
  return {
    ...study,
    language,
    languages,
    isDraft: isDraft(context.definitions, protocol, language),
    quickExit: quickExitOf(context, protocol, participant.role),
    styles: site.respondStyles,
  }
}
