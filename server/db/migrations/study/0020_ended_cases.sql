ALTER TABLE `case_summaries` ADD `ended_at` text;--> statement-breakpoint
ALTER TABLE `case_summaries` ADD `mail_to_go` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `case_summaries` ADD `contacts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `case_summaries` ADD `contacts_removed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `case_summaries_ended` ON `case_summaries` (`study_id`,`ended_at`,`mail_to_go`,`contacts`,`case_id`,`code`) WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX `case_summaries_removed` ON `case_summaries` (`study_id`,`contacts_removed`) WHERE contacts_removed > 0;--> statement-breakpoint
INSERT OR IGNORE INTO `stale_cases` SELECT `id` FROM `cases`;
