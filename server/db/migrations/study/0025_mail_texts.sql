CREATE TABLE `mail_texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` text NOT NULL,
	`template` text NOT NULL,
	`language` text NOT NULL,
	`subject` text,
	`body` text,
	`read_over` integer NOT NULL,
	`at` text NOT NULL,
	`staff_id` text NOT NULL,
	`reason` text NOT NULL,
	`basis` text NOT NULL,
	`basis_sha256` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mail_texts_study` ON `mail_texts` (`study_id`,`template`,`language`);--> statement-breakpoint
ALTER TABLE `messages` ADD `text` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `text_sha256` text;