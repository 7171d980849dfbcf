-- question: 这个项目在所选范围里排第几,前一个、后一个是哪个项目?
-- row: the project among those in scope, in the order of the wall; always one row
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
--   $region $district $leader $level $kind $campaign $industry $department VARCHAR = null · 范围,null 为全部
--   $light VARCHAR = null {red, yellow, blue, green, grey, stopped} · 只看亮这种灯的项目,null 为全部
--   $order VARCHAR = light {light, float, region, leader} · 挂图的排序
-- columns:
--   total BIGINT · 范围内的项目数
--   place BIGINT · 排第几,从 1 起;不在范围内为 null
--   before_id VARCHAR · 前一个项目的编号;没有为 null
--   before_name VARCHAR · 前一个项目的名称
--   after_id VARCHAR · 后一个项目的编号,不在范围内时是范围内的第一个;没有为 null
--   after_name VARCHAR · 后一个项目的名称
with placed as (
    select
        project_row,
        row_number() over wall as place,
        lag(project_row) over wall as before_row,
        lead(project_row) over wall as after_row
    from ordered_project(
        $region, $district, $leader, $level, $kind, $campaign, $industry, $department, $light, null, $order
    )
    window wall as (order by text_order, light_order, float_order nulls last, project_row)
),

whole as (
    select count(*) as total, arg_min(project_row, place) as first_row
    from placed
),

here as (
    select placed.*
    from placed
    inner join project_measure on project_measure.project_row = placed.project_row
    where project_measure.project_id = $project
)

select
    whole.total,
    here.place,
    before.project_id as before_id,
    before.project_name as before_name,
    after.project_id as after_id,
    after.project_name as after_name
from whole
left join here on true
left join project_measure as before on before.project_row = here.before_row
left join project_measure as after on after.project_row = if(here.place is null, whole.first_row, here.after_row)
