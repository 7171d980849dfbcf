-- question: 一条线索由哪些领导负责?
-- row: one leader of one lead; several in one cell each count
select
    lead_id,
    trim(unnest(regexp_split_to_array(leader, '[、,,;;/\s]+'))) as leader
from leads
where leader is not null
