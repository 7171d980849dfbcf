-- question: 一个节点的状态用哪个词?
-- row: a word of the 节点 ledger
create macro state_word(state) as
case state
    when 'done' then '已办' when 'running' then '在办' when 'waiting' then '待办'
    when 'not_applicable' then '不涉及' else '未报'
end
