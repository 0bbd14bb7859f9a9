/** What Nameting promises, and the test behind each: its file, and words of its sentence. docs/reliability.md is made from it. */

export interface Promised {
  promise: string
  tests: readonly (readonly [file: string, sentence: string])[]
}

export const promises: Readonly<Record<string, readonly Promised[]>> = {
  'What somebody answered': [
    {
      promise:
        'When a page says that an answer is kept or a list was sent, it is on disk. A process that is killed takes nothing with it that was acknowledged, and leaves nothing half done.',
      tests: [
        ['tests/faults/kill.test.ts', 'what was acknowledged is there, nothing is half there'],
        ['tests/faults/kill-commands.test.ts', 'all families of a file are there or none, and the same file again does what is left'],
        ['tests/faults/fsync.test.ts', 'a submit is acknowledged after its write to the log of the database was synced'],
        ['tests/server/transactions.sqlite.test.ts', 'when the commit itself fails, every unit in it is told so and none is stored'],
      ],
    },
    {
      promise: 'The same holds when the power goes.',
      tests: [
        ['tests/faults/power-cut.test.ts', 'every acknowledged answer, registration and removal is there, and both databases are whole'],
      ],
    },
    {
      promise: 'A network that loses, repeats or reorders messages stores nothing twice, and nothing that was not sent.',
      tests: [
        ['tests/faults/network.test.ts', 'the server holds exactly what the page said was saved'],
        ['tests/server/submit.test.ts', 'the same submission fifty times at once, and again later, is one response with one set of scores'],
      ],
    },
    {
      promise: 'Two devices, or two people typing, never overwrite each other without being told.',
      tests: [
        ['tests/server/submit.test.ts', 'a save that builds on an older state is refused, and the later state comes along'],
        ['tests/server/sealed-draft.test.ts', 'answers of both devices come together, each seen by the device that gave it'],
      ],
    },
    {
      promise: 'A disk that is full, breaks or can only be read is said so, and costs nothing that was there.',
      tests: [
        ['tests/faults/full-disk.test.ts', 'an import that fills the disk registers nothing and says so'],
        [
          'tests/faults/full-disk.test.ts',
          'a backup for which there is no room is not begun, says how much it takes, and families go on answering',
        ],
        ['tests/faults/full-disk.test.ts', 'what was acknowledged stays, and with room again it goes on'],
        ['tests/faults/read-only.test.ts', 'goes on by itself when they can be written'],
        ['tests/faults/read-only.test.ts', 'nothing acknowledged is lost, and once it is repaired the next start needs no hand'],
      ],
    },
    {
      promise: 'While PostgreSQL is away whoever answers is told so and keeps what they typed; when it is back, all goes on by itself.',
      tests: [
        [
          'tests/postgres/away.test.ts',
          'answers are refused plainly and kept by whoever sent them, no mail goes twice, and all goes on by itself',
        ],
        ['tests/postgres/away.test.ts', 'what was sent meanwhile is stored once it speaks again'],
      ],
    },
    {
      promise: 'Two servers may be at work on one data folder, and any number on PostgreSQL.',
      tests: [
        ['tests/faults/circumstances.test.ts', 'what either acknowledges is there, and everybody gets one mail'],
        ['tests/postgres/transactions.test.ts', 'what was read is still so when what follows from it is written, on two servers at once'],
      ],
    },
    {
      promise: 'A server that is stopped answers what is under way first.',
      tests: [
        ['tests/faults/stop.test.ts', 'what is under way is answered and stored, and the server ends well'],
        ['tests/server/signals.test.ts', 'SIGTERM while it is being stopped: it goes on answering until its time is over'],
        ['tests/postgres/signals.test.ts', 'in the middle of a migration: it ends at once and well, nothing of it is kept'],
      ],
    },
    {
      promise: 'Work on all families that is cut off goes on where it was, and ends as if it had not been.',
      tests: [
        ['tests/faults/rescore.test.ts', 'killed again and again in the middle, then done: the same scores and events as without'],
        ['tests/faults/kill-jobs.test.ts', 'it ends as one that was not killed'],
        ['tests/faults/kill-jobs.test.ts', 'during an adoption at the desk: the ticker brings it to its end'],
      ],
    },
  ],
  Mail: [
    {
      promise:
        'No message goes out twice, whatever happens to the server or to the mail server. Of one whose fate nobody knows a person is told, and it does not go out again by itself.',
      tests: [
        ['tests/faults/kill-mail.test.ts', 'no mail twice, and what nobody knows about is at most what was in hand, each a task'],
        ['tests/long/mail-processes.test.ts', 'two processes that tick on one data folder at once send every message once'],
        ['tests/postgres/mail.test.ts', 'of three processes that send at the same moment none sends what another has in hand'],
        ['tests/mail/outbox.test.ts', 'a deferral that comes after the lease changes nothing: a person was told'],
      ],
    },
    {
      promise: 'Whoever stopped, declined or has filled in everything gets no further request.',
      tests: [
        ['tests/faults/interleavings.test.ts', 'no mail after what forbids it, each list in one state, and the families add up'],
        ['tests/mail/outbox.test.ts', 'somebody who stopped between the planning and the sending gets nothing'],
        ['tests/mail/standstill.test.ts', 'a server that was stopped for hours sends nothing of what it had in hand'],
        [
          'tests/protocols/changes-property.test.ts',
          'no mail is planned for somebody who stopped or has no address, for a packet that is completed, or outside its window',
        ],
      ],
    },
    {
      promise: 'A mail server that is away delays mail and loses none, nor does a clock that jumps.',
      tests: [
        ['tests/faults/circumstances.test.ts', 'everybody gets their mail once it is back, once, and a person heard of it'],
        ['tests/faults/circumstances.test.ts', 'nothing goes out twice, and nothing ends early for good'],
        [
          'tests/mail/outbox.test.ts',
          'while the mail server is away messages wait, and go out with the same Message-ID and one link when it is back',
        ],
      ],
    },
    {
      promise: 'A mail scanner that opens a link changes nothing.',
      tests: [
        ['tests/server/no-reminders.test.ts', 'a mail scanner that opens the address changes nothing'],
        ['tests/faults/mailed-links.test.ts', 'by HEAD, GET and in a browser with scripts, change no row; then it works'],
      ],
    },
  ],
  'Who sees what': [
    {
      promise:
        'Whatever is sent to any route, by nobody, a participant, each role of staff or another program: the server does not break, writes nothing without right, and tells nothing that is not the asker’s business.',
      tests: [
        ['tests/fuzz/routes.test.ts', 'none breaks the server, writes without right, or tells what is not the asker'],
        ['tests/server/fuzz.test.ts', 'without a session no request changes anything, and none is answered with a mistake of ours'],
        ['tests/server/mass-assignment.test.ts', 'no route takes more than it asks for'],
        ['tests/server/access.test.ts', 'each role may do in its own study what its permissions say, and nothing in another one'],
      ],
    },
    {
      promise: 'Names, addresses and the tokens of links are in no database of answers, log or export.',
      tests: [
        [
          'tests/faults/mailed-links.test.ts',
          'is in a database, its log, a backup put back, what is logged or an export, in whatever disguise',
        ],
        ['tests/long/canary.test.ts', 'name, address or token is in the study database, its log, what is logged or printed, or an export'],
        ['tests/long/desk-canary.test.ts', 'what is done at the desk leaves no name in the study, the log, the access log or an export'],
      ],
    },
    {
      promise: 'Whoever looked at a family is in the access log, and a log that was changed is found out.',
      tests: [
        ['tests/server/access-log.test.ts', 'of one family the log tells who looked at it'],
        ['tests/server/access-log.test.ts', 'names the first row of the log that was changed or is gone'],
      ],
    },
    {
      promise: 'Answers that somebody had erased are in no file any more, and do not come back with an older backup.',
      tests: [
        ['tests/server/erasure.test.ts', 'what was answered is in no file any more, and that it was answered still is known'],
        [
          'tests/backup/erasures.test.ts',
          'answers that were erased after the backup are in no byte of what is put back, and those of others are',
        ],
        ['tests/backup/damaged-list.test.ts', 'an older backup is not put back with it, unless a whole copy or somebody says so'],
        ['tests/backup/damaged-list.test.ts', 'the server writes it again when it starts and once a day'],
      ],
    },
  ],
  'Definitions, numbers and exports': [
    {
      promise: 'A published instrument, norm table or protocol never changes; a mistake in one is told before it is used.',
      tests: [
        ['tests/definitions/lock.test.ts', 'a published version that changes is told, and publishing again does not take the change'],
        ['tests/long/mutations.test.ts', 'changes of the shipped definitions each is told by check, or makes no difference'],
      ],
    },
    {
      promise:
        'Files that people bring (cases, definitions, lists of other programs), however damaged, are taken or refused with the reason: nothing crashes, hangs or is half done.',
      tests: [
        ['tests/fuzz/files.test.ts', 'is taken whole or refused with a reason, in time, and leaves nothing half done'],
        ['tests/fuzz/files.test.ts', 'of each mutated file of cases all are registered, with whom they belong to, or none'],
        ['tests/instruments/import-fuzz.test.ts', 'it becomes an instrument that check can judge, or each fault is told with its path'],
      ],
    },
    {
      promise: 'An export is one moment of the study, whole or not there.',
      tests: [
        ['tests/long/export-while-submitting.test.ts', 'an export taken while 16 clients submit is a consistent moment of the database'],
        ['tests/faults/kill-commands.test.ts', 'under its name there is a whole one or none, and the next one is not in its way'],
        ['tests/long/killed-export.test.ts', 'an export that is killed half-way leaves nothing under the name that it was to get'],
      ],
    },
    {
      promise: 'What the desk counts adds up, whoever stops when.',
      tests: [['tests/long/every-step.test.ts', 'what the desk counts adds up at each step']],
    },
  ],
  'Backups, upgrades and moving': [
    {
      promise: 'A backup that was made while people answer is of one moment, and comes out again row by row.',
      tests: [
        ['tests/backup/backup.test.ts', 'what was backed up while it was served comes out again, row by row, and can be served'],
        ['tests/backup/backup.test.ts', 'both databases are of one moment, whatever is written meanwhile'],
        ['tests/backup/one-moment.test.ts', 'while the moment is taken, no other process can write in either database'],
        ['tests/backup/one-moment.test.ts', 'is waited for'],
        ['tests/backup/older.test.ts', 'is put back, brought up to date with all its rows, and goes on'],
        ['tests/faults/kill-backup.test.ts', 'under its name there is a whole one or none, and the study goes on'],
      ],
    },
    {
      promise: 'When it is said that a backup was made, all of it is on disk, with the lists of erasures that know it.',
      tests: [['tests/faults/fsync.test.ts', 'after all of its files, their names and the lists that know it were synced']],
    },
    {
      promise:
        'A restore puts back all or nothing. One that is cut off is done again, and until then no command begins with what is there.',
      tests: [
        ['tests/backup/cut-off.test.ts', 'is done again into the same folder, and until then no command begins there'],
        ['tests/backup/cut-off.test.ts', 'what a restore that fails has put in its place is taken away again'],
        ['tests/backup/cut-off.test.ts', 'a backup of a newer version is refused by what it says of itself'],
      ],
    },
    {
      promise: 'After a restore everybody is signed out, staff and participants, and no link for a password opens any more.',
      tests: [['tests/backup/signed-out.test.ts', 'staff and participants are signed out and links for a password are spent']],
    },
    {
      promise:
        'A backup that is missing, old, changed by somebody or cannot be put back is told, and so are databases that do not belong together.',
      tests: [
        ['tests/backup/verify.test.ts', 'one that cannot be put back is told with its reason'],
        ['tests/backup/nightly.test.ts', 'whoever manages the study sees on the first page that there is no backup'],
        ['tests/backup/forged.test.ts', 'one whose files were put together anew, or which was made by somebody without the key of names'],
        ['tests/server/belong-together.test.ts', 'names of people whom the study does not know are told'],
      ],
    },
    {
      promise:
        'An upgrade keeps every row of every earlier version; one that fails leaves everything as it was; an older version refuses newer data.',
      tests: [
        [
          'tests/server/upgrades.sqlite.test.ts',
          'of every version that there was, all rows are kept, with every column that there still is',
        ],
        ['tests/faults/kill-upgrade.test.ts', 'each database is of one version, whole, and the next start goes on by itself'],
        ['tests/server/upgrades.sqlite.test.ts', 'a step that fails in one database leaves both as they were, and says which it was'],
        ['tests/faults/full-disk.test.ts', 'an upgrade for which there is no room changes neither database and says how much it takes'],
        ['tests/server/upgrades.sqlite.test.ts', 'where one database is newer than this version, the other is not touched either'],
      ],
    },
    {
      promise:
        'No older server writes in a database that a newer version has brought up to date; on PostgreSQL none is brought up to date while servers are at work in it. For a new version all servers are stopped.',
      tests: [
        [
          'tests/server/outdated.sqlite.test.ts',
          'while lists come in, a newer version brings both files up to date: what was acknowledged is there, and nothing was written after',
        ],
        ['tests/server/outdated.test.ts', 'answers calmly that it is outdated, says so, and ends with an error'],
        ['tests/server/outdated.test.ts', 'a pass of the ticker sends nothing and changes nothing in either'],
        [
          'tests/postgres/upgrade.test.ts',
          'waits a moment for servers that are at work, then refuses; once they have ended, none of them starts again',
        ],
        ['tests/postgres/upgrade.test.ts', 'a server that lost its connections while a newer version came writes nothing over new ones'],
      ],
    },
    {
      promise: 'A study that moves to PostgreSQL or back is the same there.',
      tests: [
        [
          'tests/postgres/move.test.ts',
          'a study goes to a data folder and back to PostgreSQL, is the same in each, and goes on where it was',
        ],
        ['tests/postgres/kill-move.test.ts', 'the target has each part whole or not at all, and the next move is whole'],
      ],
    },
  ],
}
