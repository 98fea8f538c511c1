import React, { useState } from 'react';
//     ^ import react: default as React
//     ^ reference import
//              ^ import react: useState
import { Row } from './row';
//       ^ import ./row: Row

interface Props { items: string[]; onPick: (item: string) => void }
//        ^ definition interface
//                ^ definition property in Props
//                                 ^ definition property in Props
//                                          ^ reference write

export const List: React.FC<Props> = ({ items, onPick }) => {
//           ^ definition function
//                 ^ reference read
//                       ^ reference type
  const [picked, setPicked] = useState<string | null>(null);
  //                          ^ reference call
  const pick = (item: string) => { setPicked(item); onPick(item); };
  //    ^ definition function in List
  return <ul>{items.map((item) => <Row key={item} chosen={item === picked} onClick={pick} />)}</ul>;
};

export class Box extends React.Component<Props> {
//           ^ definition class
//                             ^ reference inherit
  render() { return <List items={this.props.items} onPick={console.log} />; }
  // <- definition method in Box
}
