CREATE TABLE `case_lists` (
	`case_id` text NOT NULL,
	`study_id` text NOT NULL,
	`wave` text NOT NULL,
	`role` text NOT NULL,
	`instrument` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`asked` integer NOT NULL,
	`sent` integer NOT NULL,
	`opened` integer NOT NULL,
	`started` integer NOT NULL,
	`asked_week` text,
	`completed_week` text,
	PRIMARY KEY(`case_id`, `wave`, `role`, `instrument`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_lists_place` ON `case_lists` (`study_id`,`wave`,`role`,`instrument`,`outcome`,`asked`,`sent`,`opened`,`started`,`case_id`);--> statement-breakpoint
CREATE TABLE `case_summaries` (
	`case_id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`code` text NOT NULL,
	`arm` text NOT NULL,
	`cohort` text NOT NULL,
	`region` text,
	`registered_at` text NOT NULL,
	`state` text NOT NULL,
	`next_at` text NOT NULL,
	`last_at` text NOT NULL,
	`missing_anchor` text,
	`family` text NOT NULL,
	`family_reason` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_summaries_code` ON `case_summaries` (`study_id`,`code`);--> statement-breakpoint
CREATE INDEX `case_summaries_registered` ON `case_summaries` (`study_id`,`registered_at`,`code`);--> statement-breakpoint
CREATE INDEX `case_summaries_next` ON `case_summaries` (`study_id`,`next_at`,`code`);--> statement-breakpoint
CREATE INDEX `case_summaries_last` ON `case_summaries` (`study_id`,`last_at`,`code`);--> statement-breakpoint
CREATE INDEX `case_summaries_region` ON `case_summaries` (`study_id`,`region`,`code`);--> statement-breakpoint
CREATE TABLE `list_counts` (
	`key` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`wave` text NOT NULL,
	`role` text NOT NULL,
	`instrument` text NOT NULL,
	`arm` text NOT NULL,
	`cohort` text NOT NULL,
	`region` text,
	`outcome` text NOT NULL,
	`reason` text,
	`asked` integer NOT NULL,
	`sent` integer NOT NULL,
	`opened` integer NOT NULL,
	`started` integer NOT NULL,
	`cases` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `list_counts_study` ON `list_counts` (`study_id`);--> statement-breakpoint
CREATE TABLE `stale_cases` (
	`case_id` text PRIMARY KEY NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `week_counts` (
	`key` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`wave` text NOT NULL,
	`role` text NOT NULL,
	`arm` text NOT NULL,
	`region` text,
	`week` text NOT NULL,
	`what` text NOT NULL,
	`cases` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `week_counts_study` ON `week_counts` (`study_id`);--> statement-breakpoint
CREATE INDEX `children_birth_month` ON `children` (`birth_month`);--> statement-breakpoint
INSERT INTO `stale_cases` SELECT `id` FROM `cases`;
