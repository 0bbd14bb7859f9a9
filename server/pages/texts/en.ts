import type { PageTexts } from './languages.ts'

/** What the pages that the server draws itself say in English. */
export const en: PageTexts = {
  languageName: 'English',
  language: 'Language',
  help: 'Do you need help now? In immediate danger call 112. Is it not safe at home? Call Veilig Thuis: 0800 2000. That is free, day and night.',
  quickExit: 'Leave quickly',
  quickExitKey: 'Or press Esc twice.',
  doorTitle: (organisation) => `Questionnaires from ${organisation}`,
  doorGreeting: 'Good that you are here.',
  doorLead: (organisation) =>
    `${organisation} asks you to fill in questionnaires. First you read what it is about. Then you choose whether you take part.`,
  doorPrivate: 'This link is for you only. Do not give the link to others.',
  doorButton: 'Continue',
  contact: (contact) => `Questions? Get in touch: ${contact}`,
  demonstration: 'This is a demonstration with invented people. The questions and norms are not the real ones.',
  stoppedTitle: 'You are no longer taking part',
  stopped: 'That is fine. We ask you nothing more and you get no more mail from us.',
  stoppedBack: (contact) => `Would you like to take part again after all? Then get in touch: ${contact}`,
  eraseLead: 'Answers that you already sent are still kept. Would you rather not?',
  eraseButton: 'Erase my answers',
  erased: 'Your answers have been erased.',
  handedOverTitle: 'Somebody else has taken over from you',
  handedOver: 'We ask you nothing more about this family. What you already sent is kept. Thank you for that.',
  handedOverBack: (contact) => `Is this not right? Then get in touch: ${contact}`,
  remindersTitle: 'Would you like no more reminders?',
  reminders: (organisation) =>
    `You will get no more reminders from ${organisation}. You still take part. When there is a new questionnaire, you get one mail with the link.`,
  remindersButton: 'No more reminders',
  remindersStoppedTitle: 'You get no more reminders',
  remindersStopped: 'That is fine. You still take part. When there is a new questionnaire, you get one mail with the link.',
  remindersAgain: 'Reminders again after all',
  remindersWantedTitle: 'You get reminders again',
  remindersWanted: 'Thank you. You get a reminder when a questionnaire has not been filled in yet.',
  linkUnknownTitle: 'We do not know this link',
  linkUnknown:
    'Maybe a part of the link is missing. Open the link from the mail once more. If that does not work, answer the mail and ask for a new link.',
  linkExpiredTitle: 'This link is no longer valid',
  linkExpired:
    'The time to answer is over. Did you get another mail from us after this one? Then open the link in the newest mail. If not, you do not have to do anything. Would you like to stop with the study, or have your answers erased? Then answer the mail.',
  foreignTitle: 'Open the link in your mail',
  foreign: 'You came here from another website. That does not work. Open the link from the mail once more.',
  notFoundTitle: 'This page does not exist',
  notFound: 'Did you get a mail from us? Then open the link in that mail.',
  troubleTitle: 'Something went wrong',
  trouble: 'This is our fault. What you filled in before is kept. Try again in a few minutes.',
  draft: 'This translation was made by a computer. No person has checked it yet.',
}
