CREATE INDEX `access_log_study` ON `access_log` (`study_id`);--> statement-breakpoint
CREATE INDEX `access_log_action` ON `access_log` (`study_id`,`action`);--> statement-breakpoint
CREATE INDEX `access_log_outcome` ON `access_log` (`study_id`,`outcome`);