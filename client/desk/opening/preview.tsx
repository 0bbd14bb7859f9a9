import { useEffect, useRef } from 'react'
import { Text, useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { LetterHead, LetterText } from '../shell/letter.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import type { ProtocolChoice, StudyPreview } from './api.ts'

/** How the study would become: who is asked what, in which languages, and the first mail. */
export function Preview({ preview: { asked, languages, hour, mail }, protocol }: { preview: StudyPreview; protocol: ProtocolChoice }) {
  const { say, count, language } = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that asked for it is gone.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="card" aria-labelledby="open-preview">
      <h2 id="open-preview" ref={heading} tabIndex={-1}>
        {say('openPreview')}
      </h2>
      <p>
        {say('openPreviewLanguages', { languages: languages.map((one) => languageName(one, language)).join(', ') })}{' '}
        {say('openPreviewHour', { hour })}
      </p>
      <Scrolling label={say('openPreviewAsked')}>
        <table>
          <caption>{say('openPreviewAsked')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('defAnsweredBy')}</th>
              {protocol.waves.map(({ id }) => (
                <th scope="col" key={id}>
                  {id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {asked.map(({ id, title, waves }) => (
              <tr key={id}>
                <th scope="row">
                  <Text of={title} />
                </th>
                {protocol.waves.map((wave) => {
                  const here = waves.find((one) => one.id === wave.id)
                  return (
                    <td key={wave.id}>
                      {here && (
                        <>
                          {count('openPreviewLists', here.lists)}
                          <span className="quiet said">{say('openPreviewMinutes', { minutes: here.minutes })}</span>
                        </>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {mail && (
        <article className="letter" aria-label={say('protocolInvitation')}>
          <LetterHead mail={mail} />
          <details>
            <summary>{say('openPreviewMail')}</summary>
            <LetterText mail={mail} />
          </details>
        </article>
      )}
      <p>{say('openPreviewThen')}</p>
    </section>
  )
}
