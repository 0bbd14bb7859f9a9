import { ChoiceLabel } from '../../survey/elements/choice-label.tsx'
import { SaidParagraphs } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import type { Packet } from '../api.ts'
import { useSpeaking } from '../speaking.tsx'

interface ConsentQuestionProps {
  consent: Packet['consents'][number]
  place: { number: number; total: number }
  given: boolean | undefined
  /** Whether it is marked as still to be answered. */
  isOpen: boolean
  choose(given: boolean): void
}

/** One statement with yes and no, equally large. */
export function ConsentQuestion({ consent, place, given, isOpen, choose }: ConsentQuestionProps) {
  const { say, language } = useSpeaking()
  const { purpose, required, statement } = consent
  const choices = [
    { value: 1, text: { text: say('agree'), language } },
    { value: 0, text: { text: say('disagree'), language } },
  ]
  return (
    <section className={isOpen ? 'item item-with-problem' : 'item'}>
      <h2 className="consent-heading">
        {say('consentNumber', place)} <span className="tag">{required ? say('consentRequired') : say('consentOptional')}</span>
      </h2>
      <div className="consent-statement" id={`statement-${purpose}`}>
        <SaidParagraphs words={wordsIn(statement, language)} within={language} />
      </div>
      <fieldset aria-describedby={isOpen ? `statement-${purpose} problem-${purpose}` : `statement-${purpose}`}>
        <legend className="item-title">{say('consentQuestion')}</legend>
        {isOpen && (
          <p className="item-problem" id={`problem-${purpose}`}>
            {say('consentChoose')}
          </p>
        )}
        <div className="choices choices-sentences">
          {choices.map((choice) => (
            <ChoiceLabel key={choice.value} choice={choice} checked={given === (choice.value === 1)} language={language}>
              <input
                type="radio"
                name={`consent-${purpose}`}
                value={choice.value}
                checked={given === (choice.value === 1)}
                autoComplete="off"
                onChange={() => choose(choice.value === 1)}
              />
            </ChoiceLabel>
          ))}
        </div>
      </fieldset>
    </section>
  )
}
