import { Row } from './row';
//       ^ import ./row: Row
//       ^ reference import

export function List({ items, onPick }) {
//              ^ definition function
//                     ^ reference write
  return (
    <ul>
   //^ reference read
      {items.map((item) => <Row key={item.id} onClick={() => onPick(item)} />)}
      //     ^ reference call
      <li.Footer>{items.length}</li.Footer>
    </ul>
  );
}
