ALTER TABLE `participants` ADD `without_mail_at` text;--> statement-breakpoint
CREATE INDEX `participants_without_mail` ON `participants` (`without_mail_at`) WHERE without_mail_at is not null;--> statement-breakpoint
ALTER TABLE `case_lists` ADD `by_hand` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `list_counts` ADD `by_hand` integer DEFAULT false NOT NULL;