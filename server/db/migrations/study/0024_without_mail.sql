ALTER TABLE `participants` ADD `without_mail_at` text;--> statement-breakpoint
CREATE INDEX `participants_without_mail` ON `participants` (`without_mail_at`) WHERE without_mail_at is not null;--> statement-breakpoint
ALTER TABLE `case_lists` ADD `by_hand` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `list_counts` ADD `by_hand` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- The key of a sum is the JSON of its other columns: of these there is one more, and nobody was asked by hand so far.
UPDATE `list_counts` SET `key` = substr(`key`, 1, length(`key`) - 1) || ',false]';