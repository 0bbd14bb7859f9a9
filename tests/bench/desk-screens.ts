/** Every page of the desk, with an address at which it has something to show. A test compares this with the pages that the desk has. */
import type { Permission } from '../../server/access/roles.ts'

/** What there is in the study that is shown. */
export interface Shown {
  study: string
  /** A family with answers. */
  code: string
  person: string
  completed: string
  open: string
  instrument: string
  mail: number
}

export interface Screen {
  /** The component that is the page. */
  page: string
  /** How it is called in the folder, where a page is shown in several states. */
  state?: string
  path(shown: Shown): string
  /** What somebody has to be allowed to get there; nothing where everybody may. */
  may?: Permission
}

const study = (rest: string, may: Permission, page: string, more: Partial<Screen> = {}): Screen => ({
  page,
  may,
  path: ({ study }) => `/desk/studies/${study}${rest}`,
  ...more,
})
const ofCase = (rest: string, may: Permission, page: string, more: Partial<Screen> = {}): Screen => ({
  page,
  may,
  path: ({ study, code }) => `/desk/studies/${study}/cases/${code}${rest}`,
  ...more,
})
const ofList = (rest: string, which: 'open' | 'completed', may: Permission, page: string): Screen => ({
  page,
  may,
  path: (shown) => `/desk/studies/${shown.study}/cases/${shown.code}${rest.replace('*', shown[which])}`,
})

/** Of the demonstration, where nobody signs in. */
export const screens: readonly Screen[] = [
  { page: 'HomePage', path: () => '/' },
  { page: 'StudiesPage', path: () => '/desk' },
  { page: 'NewStudyPage', may: 'open studies', path: () => '/desk/new-study' },
  { page: 'AccountPage', path: () => '/desk/account' },
  { page: 'StaffPage', may: 'manage staff', path: () => '/desk/staff' },
  { page: 'AccountsAccessPage', may: 'manage staff', path: () => '/desk/staff/access' },
  { page: 'MailboxPage', path: () => '/mailbox' },
  { page: 'MailPage', path: ({ mail }) => `/mailbox/${mail}` },
  { page: 'NotFoundPage', path: () => '/desk/nothing-here' },
  study('/today', 'see cases', 'TodayPage'),
  study('/cases', 'see cases', 'CasesPage'),
  study('/cases?search=nothing-like-this', 'see cases', 'CasesPage', { state: 'none-found' }),
  study('/returned', 'handle mail', 'ReturnedPage'),
  study('/today?resting=yes', 'see contact', 'TodayPage', { state: 'resting' }),
  study('/register', 'register cases', 'RegisterPage'),
  study('/import', 'register cases', 'ImportPage'),
  study('/response', 'see response', 'ResponsePage'),
  study('/report', 'export', 'ReportPage'),
  study('/exports', 'export', 'ExportsPage'),
  study('/access', 'see access', 'AccessPage'),
  study('/settings', 'manage study', 'StudyPage'),
  study('/definitions', 'see response', 'DefinitionsPage'),
  study('/definitions/protocol', 'see response', 'ProtocolPage'),
  { page: 'InstrumentPage', path: ({ study, instrument }) => `/desk/studies/${study}/definitions/${encodeURIComponent(instrument)}` },
  study('/entry', 'enter data', 'WorkPage'),
  study('/queries', 'see answers', 'QueriesPage'),
  ofCase('', 'see cases', 'CasePage'),
  ofCase('?do=menu', 'change cases', 'CasePage', { state: 'actions' }),
  ofCase('?do=add-person', 'change cases', 'CasePage', { state: 'add-person' }),
  ofCase('?do=remove-child', 'change cases', 'CasePage', { state: 'remove-child' }),
  ofCase('/access', 'see access', 'CaseAccessPage'),
  ofCase('/entry', 'enter data', 'CaseListsPage'),
  ofList('/entry/*', 'open', 'enter data', 'TypingPage'),
  ofList('/entry/*/compare', 'open', 'enter data', 'ComparisonPage'),
  ofList('/answers/*', 'completed', 'see answers', 'AnswersPage'),
  {
    page: 'LeavingPage',
    may: 'change cases',
    path: ({ study, code, person }) => `/desk/studies/${study}/cases/${code}/people/${person}/leaving`,
  },
]

/** Of a study where people sign in. Each goes on from where the one before it stopped. */
export const signInScreens = ['SignInPage', 'WelcomePage', 'EnrolPage', 'CodePage'] as const
