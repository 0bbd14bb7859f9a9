/** What the desk says about keys for other software. */
import type { Translation } from '../../ui/texts.ts'

export const apiKeysNl = {
  keysTitle: 'Sleutels voor andere software',
  keysLead:
    'Met een sleutel leest een programma, bijvoorbeeld R, een onderzoek in uw naam. Een sleutel kan nooit meer dan uzelf, verandert niets en ziet geen namen of adressen. Wat ermee wordt gelezen, staat in het toegangslog.',
  keysDocs: 'Alle adressen (Engels)',
  keysNone: 'U heeft nog geen sleutel.',
  keyGood: 'Geldig tot en met {date}.',
  keyOver: 'Verlopen: gold tot en met {date}.',
  keyRevoked: 'Ingetrokken.',
  keyWithoutRole: 'Werkt nu niet: u heeft deze rol niet meer.',
  keyMade: 'Gemaakt op {date}.',
  keyNeverUsed: 'Nog niet gebruikt.',
  keyLastUsed: 'Laatst gebruikt op {moment}.',
  keyRevoke: 'Intrekken',
  keyRevokeOf: 'Intrekken: {name}',
  keyRevokeAsk: '“{name}” werkt dan meteen niet meer. Het programma dat deze sleutel gebruikt, krijgt niets meer te zien.',
  keyNew: 'Een sleutel maken',
  keyMake: 'Maak de sleutel',
  keyName: 'Waarvoor, bijvoorbeeld “weekoverzicht in R”',
  keyStudy: 'Onderzoek',
  keyRole: 'Rol: kies de kleinste die genoeg is',
  keyUntil: 'Laatste dag, ten hoogste over een jaar',
  keyOnce:
    'Dit is de sleutel. U ziet hem alleen nu: bewaar hem als een wachtwoord, in een bestand dat alleen u kunt lezen. Zet hem nooit in een script dat u deelt.',
  keyCopy: 'Kopieer de sleutel',
  keyCopied: 'Gekopieerd',
  keyRoleWrong: 'U heeft deze rol niet (meer) in dit onderzoek.',
  keyUntilWrong: 'Kies een dag vanaf vandaag, ten hoogste over een jaar.',
  keyTooMany: 'U heeft al twintig sleutels. Trek er eerst een in.',
} as const

export const apiKeysEn: Translation<typeof apiKeysNl> = {
  keysTitle: 'Keys for other software',
  keysLead:
    'With a key a program, R for example, reads a study in your name. A key can never do more than you can, changes nothing and sees no names or addresses. What is read with it stands in the access log.',
  keysDocs: 'All routes',
  keysNone: 'You have no key yet.',
  keyGood: 'Good until {date}, that day included.',
  keyOver: 'Over: it was good until {date}.',
  keyRevoked: 'Revoked.',
  keyWithoutRole: 'Does not work now: you do not have this role any more.',
  keyMade: 'Made on {date}.',
  keyNeverUsed: 'Not used yet.',
  keyLastUsed: 'Last used on {moment}.',
  keyRevoke: 'Revoke',
  keyRevokeOf: 'Revoke: {name}',
  keyRevokeAsk: '“{name}” stops working at once. The program that uses this key will see nothing any more.',
  keyNew: 'Make a key',
  keyMake: 'Make the key',
  keyName: 'What for, for example “weekly tables in R”',
  keyStudy: 'Study',
  keyRole: 'Role: choose the smallest that is enough',
  keyUntil: 'Last day, at most a year ahead',
  keyOnce:
    'This is the key. You see it only now: keep it as a password, in a file that only you can read. Never put it in a script that you share.',
  keyCopy: 'Copy the key',
  keyCopied: 'Copied',
  keyRoleWrong: 'You do not have this role in this study (any more).',
  keyUntilWrong: 'Choose a day from today on, at most a year ahead.',
  keyTooMany: 'You have twenty keys already. Revoke one first.',
}
