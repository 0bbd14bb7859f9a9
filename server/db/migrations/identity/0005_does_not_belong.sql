CREATE TABLE `name_parts` (
	`pseudonym` text NOT NULL,
	`mark` text NOT NULL,
	PRIMARY KEY(`pseudonym`, `mark`),
	FOREIGN KEY (`pseudonym`) REFERENCES `people`(`pseudonym`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `name_parts_mark` ON `name_parts` (`mark`,`pseudonym`);