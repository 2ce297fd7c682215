CREATE TABLE "attributes_before" (
	"import_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"workspace_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "attributes_before_import_id_customer_id_name_pk" PRIMARY KEY("import_id","customer_id","name")
);
--> statement-breakpoint
CREATE TABLE "engines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"worked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "clocks" ADD COLUMN "stood_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "clocks" ADD COLUMN "last_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undone" jsonb;--> statement-breakpoint
CREATE INDEX "attributes_before_of_customer" ON "attributes_before" USING btree ("customer_id");