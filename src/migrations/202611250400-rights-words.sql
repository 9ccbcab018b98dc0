-- Words of the guides that a reviewer approved, bound to the English they were made from.
create table guide_words (
  lang text not null,
  name text not null,
  words text not null,
  source_hash text not null,
  review text not null check (review in ('native-reviewed', 'lawyer-reviewed')),
  remark text,
  approved_by text not null,
  created_at timestamptz not null,
  primary key (lang, name)
);
