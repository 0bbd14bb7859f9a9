CREATE TABLE `anchors` (
	`case_id` text NOT NULL,
	`name` text NOT NULL,
	`date` text NOT NULL,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`case_id`, `name`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`case_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`wave` text NOT NULL,
	`instrument_id` text NOT NULL,
	`instrument_version` text NOT NULL,
	`state` text NOT NULL,
	`opens_at` text NOT NULL,
	`closes_at` text NOT NULL,
	`target` text NOT NULL,
	`started_at` text,
	`ended_at` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_key` ON `assignments` (`participant_id`,`wave`,`instrument_id`);--> statement-breakpoint
CREATE INDEX `assignments_case` ON `assignments` (`case_id`);--> statement-breakpoint
CREATE INDEX `assignments_opening` ON `assignments` (`opens_at`) WHERE state = 'scheduled';--> statement-breakpoint
CREATE INDEX `assignments_closing` ON `assignments` (`closes_at`) WHERE state in ('scheduled', 'open', 'in progress');--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`code` text NOT NULL,
	`arm` text NOT NULL,
	`cohort` text NOT NULL,
	`region` text,
	`child_birth_month` text,
	`registered_at` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_study_code` ON `cases` (`study_id`,`code`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` text NOT NULL,
	`purpose` text NOT NULL,
	`version` text NOT NULL,
	`given` integer NOT NULL,
	`language` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_participant` ON `consents` (`participant_id`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`assignment_id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`answers` text NOT NULL,
	`page` text,
	`saved_at` text NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`study_id` text NOT NULL,
	`case_id` text,
	`participant_id` text,
	`wave` text,
	`kind` text NOT NULL,
	`detail` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_case` ON `events` (`case_id`);--> statement-breakpoint
CREATE TABLE `links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`message_id` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `links_participant` ON `links` (`participant_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`case_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`wave` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` text NOT NULL,
	`next_at` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`claimed_at` text,
	`claimed_by` text,
	`settled_at` text,
	`message_id` text NOT NULL,
	`detail` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_key` ON `messages` (`participant_id`,`wave`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_message_id` ON `messages` (`message_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `messages_case` ON `messages` (`case_id`);--> statement-breakpoint
CREATE TABLE `participants` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`role` text NOT NULL,
	`number` integer NOT NULL,
	`language` text NOT NULL,
	`sex` text,
	`state` text NOT NULL,
	`state_at` text NOT NULL,
	`address_refused_at` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participants_place` ON `participants` (`case_id`,`role`,`number`);--> statement-breakpoint
CREATE TABLE `responses` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`instrument_id` text NOT NULL,
	`instrument_version` text NOT NULL,
	`definition_hash` text NOT NULL,
	`answers` text NOT NULL,
	`skipped` text NOT NULL,
	`not_applicable` text NOT NULL,
	`language` text NOT NULL,
	`submitted_at` text NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `responses_assignment` ON `responses` (`assignment_id`);--> statement-breakpoint
CREATE TABLE `scores` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`response_id` text NOT NULL,
	`instrument_id` text NOT NULL,
	`instrument_version` text NOT NULL,
	`scale` text NOT NULL,
	`raw` real,
	`missing` integer NOT NULL,
	`reason` text,
	`z` real,
	`band` text,
	`norm_id` text,
	`norm_version` text,
	`norm_status` text,
	`stratum` text,
	`input_hash` text NOT NULL,
	`scored_at` text NOT NULL,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `scores_response` ON `scores` (`response_id`,`scale`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `studies` (
	`id` text PRIMARY KEY NOT NULL,
	`protocol_id` text NOT NULL,
	`protocol_version` text NOT NULL,
	`title` text NOT NULL,
	`demonstration` integer NOT NULL,
	`stand_ins_accepted_by` text,
	`organisation` text NOT NULL,
	`contact` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` text NOT NULL,
	`case_id` text NOT NULL,
	`participant_id` text,
	`message_id` text,
	`kind` text NOT NULL,
	`detail` text,
	`created_at` text NOT NULL,
	`done_at` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`study_id`,`done_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_message_kind` ON `tasks` (`message_id`,`kind`);