import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { purposeName } from '../shell/purpose-name.ts'
import { titleOf } from '../shell/title-of.tsx'
import type { ProtocolView } from './api.ts'

interface OnlyWhenProps {
  row: ProtocolView['schedule'][number]
  protocol: ProtocolView
  consents: Study['consents']
}

const consentTexts = { 'whom it is about': 'onlyConsentAbout', 'their own': 'onlyConsentOwn', any: 'onlyConsentAny' } as const

/** What a row of the schedule depends on beside groups; a condition on answers stays as it is written. */
export function OnlyWhen({ row: { only }, protocol, consents }: OnlyWhenProps) {
  const { say, language } = useDesk()
  const { sample, consent, answers } = only
  const role = consent && wordsIn(titleOf(protocol.roles, consent.of), language).text.toLowerCase()
  const told = [
    ...(sample === null ? [] : [say('onlySample', { sample })]),
    ...(consent && role
      ? [say(consentTexts[consent.whose], { role, purpose: purposeName({ say, language }, consents, consent.purpose) })]
      : []),
    ...(answers === null
      ? []
      : [
          answers.wave === null
            ? say('onlyAnswers', { list: answers.instrument, condition: answers.condition })
            : say('onlyAnswersIn', { list: answers.instrument, wave: answers.wave, condition: answers.condition }),
        ]),
  ]
  return <>{told.join('; ')}</>
}
